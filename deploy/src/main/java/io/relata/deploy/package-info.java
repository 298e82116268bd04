/// Starts, watches and stops the whole product on one machine.
@NullMarked
package io.relata.deploy;

import org.jspecify.annotations.NullMarked;
