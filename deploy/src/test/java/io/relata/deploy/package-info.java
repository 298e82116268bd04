@NullMarked
package io.relata.deploy;

import org.jspecify.annotations.NullMarked;
