/// Imports: a CSV file and a mapping become records, row by row, each done, refused with its reason, or not started.
@NullMarked
package io.relata.core.imports;

import org.jspecify.annotations.NullMarked;
