/// Rates by which amounts of money in one currency become amounts in another.
@NullMarked
package io.relata.core.rate;

import org.jspecify.annotations.NullMarked;
