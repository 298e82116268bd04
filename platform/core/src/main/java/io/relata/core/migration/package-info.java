/// The database schema: run by the owner role alone, before the platform starts.
@NullMarked
package io.relata.core.migration;

import org.jspecify.annotations.NullMarked;
