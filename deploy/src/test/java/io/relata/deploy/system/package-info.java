/// Tests of the assembled product: real PostgreSQL, Keycloak, both servers, a real browser.
@NullMarked
package io.relata.deploy.system;

import org.jspecify.annotations.NullMarked;
