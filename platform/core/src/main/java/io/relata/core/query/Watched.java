package io.relata.core.query;

import io.relata.core.audit.SensitiveReads;
import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;

/// Writes down who reads what is sensitive: what an answer shows, and what its question uses.
public final class Watched {

    private Watched() {}

    /// A page is about to be shown.
    static void page(DSLContext sql, CallContext context, Query query, RecordPage page, Way way) {
        SensitiveReads reads = new SensitiveReads(way);
        used(reads, FieldUse.of(query), page.records().size());
        searched(reads, query.selection(), page.records().size());
        shown(reads, query, page);
        reads.write(sql, context);
    }

    /// Records that the caller has from elsewhere are about to be shown, as far as the fields go.
    public static void records(
            DSLContext sql,
            CallContext context,
            EntityDefinition entity,
            Collection<FieldDefinition> fields,
            Collection<RecordData> records,
            Way way) {
        SensitiveReads reads = new SensitiveReads(way);
        shown(reads, entity, fields, records);
        reads.write(sql, context);
    }

    /// Figures are about to be shown.
    static void rows(DSLContext sql, CallContext context, Rows rows, int size) {
        SensitiveReads reads = new SensitiveReads(Way.REPORT);
        used(reads, FieldUse.reckoned(rows), size);
        reads.write(sql, context);
    }

    /// A number of records is about to be told.
    static void count(DSLContext sql, CallContext context, Query.Selection selection, long count) {
        SensitiveReads reads = new SensitiveReads(Way.LIST);
        used(reads, FieldUse.of(selection), count);
        searched(reads, selection, count);
        reads.write(sql, context);
    }

    private static void used(SensitiveReads reads, Collection<FieldUse> uses, long records) {
        uses.stream()
                .filter(use -> use.field().watched())
                .forEach(use -> reads.used(use.entity().id(), use.field().name(), records));
    }

    /// Which field has the words is not known.
    private static void searched(SensitiveReads reads, Query.Selection selection, long records) {
        if (selection.search() != null) {
            selection.entity().fields().stream()
                    .filter(field -> field.searchable() && field.watched())
                    .forEach(field -> reads.used(selection.entity().id(), field.name(), records));
        }
    }

    private static void shown(SensitiveReads reads, Query query, RecordPage page) {
        shown(reads, query.selection().entity(), query.fields(), page.records());
        shown(reads, query.expands(), page);
    }

    private static void shown(SensitiveReads reads, List<Expand> expands, RecordPage page) {
        for (Expand expand : expands) {
            Expanded fetched = page.expanded().get(expand.name());
            if (fetched != null) {
                fetched.pages().values().forEach(inside -> shown(reads, expand, inside));
            }
        }
    }

    private static void shown(SensitiveReads reads, Expand expand, RecordPage page) {
        switch (expand) {
            case Expand.One one -> {
                shown(reads, one.target(), one.fields(), page.records());
                shown(reads, one.expands(), page);
            }
            case Expand.Many many -> shown(reads, many.members(), page);
        }
    }

    /// An empty field tells nothing of anybody.
    private static void shown(
            SensitiveReads reads,
            EntityDefinition entity,
            Collection<FieldDefinition> fields,
            Collection<RecordData> records) {
        List<FieldDefinition> watched =
                fields.stream().filter(FieldDefinition::watched).toList();
        for (FieldDefinition field : watched) {
            records.stream()
                    .filter(record -> record.value(field.name()) != null)
                    .forEach(record -> reads.shown(entity.id(), record.id(), field.name()));
        }
    }
}
