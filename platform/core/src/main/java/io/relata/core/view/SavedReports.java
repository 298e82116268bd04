package io.relata.core.view;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import io.relata.core.id.Ids;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;

/// The reports and dashboards that people keep; [Shelf] says who sees and changes them. What is kept is the question
/// only: whoever opens it asks with the own rights.
public final class SavedReports {

    /// What is kept.
    public enum Kind {
        REPORT,
        DASHBOARD;

        private String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Shelf<String> shelf;

    public SavedReports(TenantTransaction transactions, Ids ids, Clock clock) {
        this.shelf = new Shelf<>(transactions, ids, clock, "saved_report", field(name("kind"), String.class));
    }

    public List<Kept> list(CallContext context, Kind kind) {
        return shelf.list(context, kind.stored());
    }

    /// Returns everybody's reports or dashboards whose definition has one of the words.
    public List<Kept> naming(DSLContext sql, UUID tenant, Kind kind, Collection<String> words) {
        return shelf.naming(sql, tenant, words).getOrDefault(kind.stored(), List.of());
    }

    public Kept create(WriteTransaction tx, Kind kind, KeptInput input) {
        return shelf.create(tx, kind.stored(), input);
    }

    public Kept update(WriteTransaction tx, Kind kind, UUID id, KeptInput input) {
        return shelf.update(tx, kind.stored(), id, input);
    }

    public void delete(WriteTransaction tx, Kind kind, UUID id) {
        shelf.delete(tx, kind.stored(), id);
    }
}
