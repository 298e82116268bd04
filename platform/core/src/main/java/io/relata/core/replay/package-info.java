/// Requests that are sent again: answered as the first time, done only once.
@NullMarked
package io.relata.core.replay;

import org.jspecify.annotations.NullMarked;
