/// What a person opened lately and keeps at hand.
@NullMarked
package io.relata.core.shortcut;

import org.jspecify.annotations.NullMarked;
