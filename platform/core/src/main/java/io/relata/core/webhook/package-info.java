/// Changes that other systems are told of as they happen.
@NullMarked
package io.relata.core.webhook;

import org.jspecify.annotations.NullMarked;
