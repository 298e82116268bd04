/// Work in the background: taken in turns, fair by tenant, finished by another process when one dies.
@NullMarked
package io.relata.core.job;

import org.jspecify.annotations.NullMarked;
