/// The caller and the colleagues.
@NullMarked
package io.relata.app.me;

import org.jspecify.annotations.NullMarked;
