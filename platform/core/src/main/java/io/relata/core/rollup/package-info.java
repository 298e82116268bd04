/// Jobs that reckon roll-ups anew, or compare them with what they should be.
@NullMarked
package io.relata.core.rollup;

import org.jspecify.annotations.NullMarked;
