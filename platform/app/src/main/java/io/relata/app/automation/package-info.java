/// Automations over HTTP.
@NullMarked
package io.relata.app.automation;

import org.jspecify.annotations.NullMarked;
