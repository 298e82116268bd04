/// How much a tenant and its users may ask for, so that nobody's work stands in another's way.
@NullMarked
package io.relata.core.limit;

import org.jspecify.annotations.NullMarked;
