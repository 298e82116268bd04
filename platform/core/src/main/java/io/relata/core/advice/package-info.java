/// Tells administrators from the queries that were run which fields to mark indexed.
@NullMarked
package io.relata.core.advice;

import org.jspecify.annotations.NullMarked;
