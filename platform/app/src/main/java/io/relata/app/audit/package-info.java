/// What happened, over HTTP: the audit log and its seals, the recycle bin, and how long deleted records are kept.
@NullMarked
package io.relata.app.audit;

import org.jspecify.annotations.NullMarked;
