/// The engine: tenants, metadata, records, queries. Knows nothing of HTTP.
@NullMarked
package io.relata.core;

import org.jspecify.annotations.NullMarked;
