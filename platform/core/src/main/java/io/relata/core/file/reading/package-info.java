/// Reads the words in files, in a process of its own: what a stranger sent may be made to exhaust whoever reads it.
@NullMarked
package io.relata.core.file.reading;

import org.jspecify.annotations.NullMarked;
