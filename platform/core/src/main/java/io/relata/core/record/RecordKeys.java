package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.UUID;

/// Finds records by the values of unique fields.
public final class RecordKeys {

    private final TenantTransaction transactions;

    public RecordKeys(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /// Returns the id of the record that is meant.
    ///
    /// @throws ProblemException NOT_FOUND when no live record of the tenant has the key
    public UUID find(CallContext context, EntityDefinition entity, RecordTarget target) {
        if (target.id() != null) {
            return target.id();
        }
        AlternateKey key = target.key();
        if (key == null) {
            throw ProblemException.notFound();
        }
        UniqueValues unique = new UniqueValues(context.tenant(), entity);
        UUID owner = transactions
                .read(context.tenant(), sql -> unique.owners(sql, List.of(key)))
                .get(key);
        if (owner == null) {
            throw ProblemException.notFound();
        }
        return owner;
    }
}
