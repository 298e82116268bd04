/// The people and machines that may sign in: Keycloak behind one interface.
@NullMarked
package io.relata.tenantadmin.directory;

import org.jspecify.annotations.NullMarked;
