/// Real parts for tests and for the local launcher: a PostgreSQL server of its own.
@NullMarked
package io.relata.testkit;

import org.jspecify.annotations.NullMarked;
