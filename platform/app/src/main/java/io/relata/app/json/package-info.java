/// JSON in and out: bounded, exact, and strict about what it takes.
@NullMarked
package io.relata.app.json;

import org.jspecify.annotations.NullMarked;
