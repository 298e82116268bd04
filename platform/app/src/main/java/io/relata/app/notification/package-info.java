/// Notifications over HTTP.
@NullMarked
package io.relata.app.notification;

import org.jspecify.annotations.NullMarked;
