/// The files of records over HTTP.
@NullMarked
package io.relata.app.file;

import org.jspecify.annotations.NullMarked;
