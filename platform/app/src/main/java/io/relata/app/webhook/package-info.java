/// Webhooks over HTTP.
@NullMarked
package io.relata.app.webhook;

import org.jspecify.annotations.NullMarked;
