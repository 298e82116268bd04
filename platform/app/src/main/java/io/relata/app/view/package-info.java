/// The views that people keep, over HTTP.
@NullMarked
package io.relata.app.view;

import org.jspecify.annotations.NullMarked;
