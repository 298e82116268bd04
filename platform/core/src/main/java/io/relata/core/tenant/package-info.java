/// The isolation boundary: transactions bound to one tenant, and the control schema's view of tenants and members.
@NullMarked
package io.relata.core.tenant;

import org.jspecify.annotations.NullMarked;
