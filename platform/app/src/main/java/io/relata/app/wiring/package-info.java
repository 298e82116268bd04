/// Settings, and the one place where the parts are put together.
@NullMarked
package io.relata.app.wiring;

import org.jspecify.annotations.NullMarked;
