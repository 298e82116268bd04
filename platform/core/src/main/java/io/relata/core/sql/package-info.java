/// Statements about many rows at once.
@NullMarked
package io.relata.core.sql;

import org.jspecify.annotations.NullMarked;
