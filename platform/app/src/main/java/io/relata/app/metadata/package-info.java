/// The tenant's metadata over HTTP.
@NullMarked
package io.relata.app.metadata;

import org.jspecify.annotations.NullMarked;
