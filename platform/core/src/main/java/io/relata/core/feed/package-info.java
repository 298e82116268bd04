/// What changed, for programs that follow it.
@NullMarked
package io.relata.core.feed;

import org.jspecify.annotations.NullMarked;
