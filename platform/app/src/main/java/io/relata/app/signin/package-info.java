/// Signing in and out with a browser, through Keycloak's pages.
@NullMarked
package io.relata.app.signin;

import org.jspecify.annotations.NullMarked;
