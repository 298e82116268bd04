/// What happened to records and definitions: the audit trail, and the outbox for whoever acts on it.
@NullMarked
package io.relata.core.audit;

import org.jspecify.annotations.NullMarked;
