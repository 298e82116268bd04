package io.relata.tenantadmin.tenant;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/// Runs work on the control schema in one transaction: all of it, or none when it throws.
public interface Transactions {
    <T> T call(Function<EntityManager, T> work);
}
