package io.relata.core.record;

import io.relata.core.access.CallerAccess;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import java.util.UUID;
import org.jooq.DSLContext;

/// A transaction in which records are written: by one request, or by several that belong together.
///
/// Not thread-safe; valid until whoever opened it returns.
///
/// @param snapshot held until the transaction ends, so that all of it is written by definitions that hold
/// @param seen     the same as the caller sees it: what the caller sent is read against it, and answered by it
/// @param upkeep   what the writes mean for roll-ups
public record WriteTransaction(
        DSLContext sql, CallContext context, MetadataSnapshot snapshot, MetadataSnapshot seen, RollUpUpkeep upkeep) {

    /// A transaction in which nothing has been written.
    public WriteTransaction(DSLContext sql, CallContext context, MetadataSnapshot snapshot) {
        this(
                sql,
                context,
                snapshot,
                CallerAccess.of(sql, context).seen(snapshot),
                new RollUpUpkeep(snapshot.rollUps()));
    }

    public UUID tenant() {
        return context.tenant();
    }

    /// Returns the entity's definition.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY
    public EntityDefinition entity(String name) {
        return snapshot.entity(name)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", name));
    }

    /// Returns the entity as the caller sees it.
    public EntityDefinition seen(EntityDefinition entity) {
        return seen.entity(entity.name()).orElse(entity);
    }

    /// Returns the definition of the entity that the API serves under the name, as the caller sees it.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY
    public EntityDefinition entityOfSet(String setName) {
        return seen.entityBySetName(setName)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", setName));
    }
}
