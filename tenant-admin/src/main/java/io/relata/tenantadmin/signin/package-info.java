/// Who is asking: the operator's browser session and bearer tokens.
@NullMarked
package io.relata.tenantadmin.signin;

import org.jspecify.annotations.NullMarked;
