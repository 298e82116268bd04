/// Ids for everything that is stored.
@NullMarked
package io.relata.core.id;

import org.jspecify.annotations.NullMarked;
