/// The search over all entities over HTTP.
@NullMarked
package io.relata.app.search;

import org.jspecify.annotations.NullMarked;
