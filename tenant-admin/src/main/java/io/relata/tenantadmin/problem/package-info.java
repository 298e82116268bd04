/// Errors as RFC 9457 problem documents, in the caller's language.
@NullMarked
package io.relata.tenantadmin.problem;

import org.jspecify.annotations.NullMarked;
