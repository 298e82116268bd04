/// Rates of currencies over HTTP.
@NullMarked
package io.relata.app.rate;

import org.jspecify.annotations.NullMarked;
