/// What goes for every CSV file that the product writes.
@NullMarked
package io.relata.core.csv;

import org.jspecify.annotations.NullMarked;
