/// Seals what is stored encrypted: keys of tenants, wrapped by master keys.
@NullMarked
package io.relata.core.vault;

import org.jspecify.annotations.NullMarked;
