/// Many records in one call.
@NullMarked
package io.relata.core.bulk;

import org.jspecify.annotations.NullMarked;
