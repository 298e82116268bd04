/// Plugins: found, loaded behind a filtering class loader, and called through one guard.
@NullMarked
package io.relata.core.plugin;

import org.jspecify.annotations.NullMarked;
