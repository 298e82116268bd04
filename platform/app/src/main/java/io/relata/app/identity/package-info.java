/// Who calls: tokens and sessions become a call context, or the call is refused.
@NullMarked
package io.relata.app.identity;

import org.jspecify.annotations.NullMarked;
