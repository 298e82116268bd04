/// The API of what a person opened lately and keeps at hand.
@NullMarked
package io.relata.app.shortcut;

import org.jspecify.annotations.NullMarked;
