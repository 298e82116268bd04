/// Jobs that seal encrypted fields with new keys.
@NullMarked
package io.relata.core.rotation;

import org.jspecify.annotations.NullMarked;
