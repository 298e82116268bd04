package io.relata.core.view;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/// The views that people keep of an entity's records; [Shelf] says who sees and changes them.
public final class SavedViews {

    private final Shelf<UUID> shelf;

    public SavedViews(TenantTransaction transactions, Ids ids, Clock clock) {
        this.shelf = new Shelf<>(transactions, ids, clock, "saved_view", field(name("entity_id"), UUID.class));
    }

    public List<Kept> list(CallContext context, EntityDefinition entity) {
        return shelf.list(context, entity.id());
    }

    /// Returns everybody's views whose definition has one of the words, by the entity they are of.
    public Map<UUID, List<Kept>> naming(DSLContext sql, UUID tenant, Collection<String> words) {
        return shelf.naming(sql, tenant, words);
    }

    public Kept create(WriteTransaction tx, EntityDefinition entity, KeptInput input) {
        return shelf.create(tx, entity.id(), input);
    }

    public Kept update(WriteTransaction tx, EntityDefinition entity, UUID id, KeptInput input) {
        return shelf.update(tx, entity.id(), id, input);
    }

    public void delete(WriteTransaction tx, EntityDefinition entity, UUID id) {
        shelf.delete(tx, entity.id(), id);
    }
}
