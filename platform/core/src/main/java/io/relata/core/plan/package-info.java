/// Changes of a tenant's metadata as plans: worked out, looked at, applied, taken back.
@NullMarked
package io.relata.core.plan;

import org.jspecify.annotations.NullMarked;
