/// Exports: the answer to any query as a CSV file, made in the background.
@NullMarked
package io.relata.core.export;

import org.jspecify.annotations.NullMarked;
