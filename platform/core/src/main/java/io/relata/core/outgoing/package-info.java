/// Requests that the platform sends to addresses which tenants name: through one client that never reaches inside.
@NullMarked
package io.relata.core.outgoing;

import org.jspecify.annotations.NullMarked;
