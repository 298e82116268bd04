/// What there is of persons: found, handed out, erased.
@NullMarked
package io.relata.core.privacy;

import org.jspecify.annotations.NullMarked;
