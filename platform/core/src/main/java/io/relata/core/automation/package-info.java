/// Automations: what a tenant has done by itself when something happens, or at a time.
@NullMarked
package io.relata.core.automation;

import org.jspecify.annotations.NullMarked;
