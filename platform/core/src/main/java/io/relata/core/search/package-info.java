/// Finds records by the words in their searchable fields: the index, how it is kept, and how it is asked.
@NullMarked
package io.relata.core.search;

import org.jspecify.annotations.NullMarked;
