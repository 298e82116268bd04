/// Whether the platform can serve, and the door that stays closed while it cannot.
@NullMarked
package io.relata.app.health;

import org.jspecify.annotations.NullMarked;
