/// Who has access to what, over HTTP.
@NullMarked
package io.relata.app.access;

import org.jspecify.annotations.NullMarked;
