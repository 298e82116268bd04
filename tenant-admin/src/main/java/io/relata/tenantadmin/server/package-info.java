/// The composition root: settings, wiring, pages and headers.
@NullMarked
package io.relata.tenantadmin.server;

import org.jspecify.annotations.NullMarked;
