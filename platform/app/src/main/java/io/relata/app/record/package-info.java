/// Records over HTTP, as an OData v4 service.
@NullMarked
package io.relata.app.record;

import org.jspecify.annotations.NullMarked;
