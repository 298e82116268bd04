/// The web UI's files, and what holds for every answer to a browser.
@NullMarked
package io.relata.app.ui;

import org.jspecify.annotations.NullMarked;
