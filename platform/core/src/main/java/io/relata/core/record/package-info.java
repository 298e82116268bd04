/// Records: how their values are stored, parsed, written and remembered.
@NullMarked
package io.relata.core.record;

import org.jspecify.annotations.NullMarked;
