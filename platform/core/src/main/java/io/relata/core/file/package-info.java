/// The files that records have: taken in, kept outside the database, and given back.
@NullMarked
package io.relata.core.file;

import org.jspecify.annotations.NullMarked;
