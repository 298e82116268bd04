/// How much callers may ask for, and how much of it is left.
@NullMarked
package io.relata.app.limit;

import org.jspecify.annotations.NullMarked;
