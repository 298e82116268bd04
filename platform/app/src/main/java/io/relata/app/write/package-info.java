/// How requests that change something are carried out.
@NullMarked
package io.relata.app.write;

import org.jspecify.annotations.NullMarked;
