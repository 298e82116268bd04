/// Tenants and their members: the control schema, and the changes an operator may make to it.
@NullMarked
package io.relata.tenantadmin.tenant;

import org.jspecify.annotations.NullMarked;
