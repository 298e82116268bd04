@NullMarked
package io.relata.testkit;

import org.jspecify.annotations.NullMarked;
