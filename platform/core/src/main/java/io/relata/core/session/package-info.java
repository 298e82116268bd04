/// Browsers' sign-ins, kept in the database so that they outlive a server.
@NullMarked
package io.relata.core.session;

import org.jspecify.annotations.NullMarked;
