package io.relata.core.export;

import io.relata.core.csv.FormulaGuard;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Mask;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Setting;
import io.relata.core.metadata.type.Shown;
import io.relata.core.odata.TableQuery;
import io.relata.core.odata.TableQuery.Column;
import io.relata.core.odata.TableQuery.Row;
import io.relata.core.problem.Messages;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Values as people read them, under the labels of their fields, in the language and time zone of whoever asked: labels
/// of options, names of records and people, numbers, amounts and days as the pages show them. Ids are left out.
final class ShownRows implements TableRows {

    /// Something is there, whose name the reader does not see.
    private static final String UNNAMED = "…";

    private final CallContext context;
    private final MetadataSnapshot seen;
    private final EntityDefinition entity;
    private final List<Column> columns;

    /// @param table read for people
    /// @param seen  the definitions as whoever asked sees them
    ShownRows(CallContext context, MetadataSnapshot seen, TableQuery table) {
        this.context = context;
        this.seen = seen;
        this.entity = table.query().selection().entity();
        this.columns = table.columns().stream()
                .filter(column -> !column.property().equals(Property.OfRecord.ALL.getFirst()))
                .toList();
    }

    @Override
    public List<String> heading() {
        return columns.stream().map(this::label).toList();
    }

    private String label(Column column) {
        List<String> labels = new ArrayList<>();
        EntityDefinition at = entity;
        for (String lookup : column.lookups()) {
            int slash = lookup.indexOf('/');
            FieldDefinition field =
                    at.field(slash < 0 ? lookup : lookup.substring(0, slash)).orElseThrow();
            labels.add(field.label().in(context.locale()));
            String target = slash < 0 ? Objects.requireNonNull(field.target()) : lookup.substring(slash + 1);
            at = seen.entity(target).orElseThrow();
        }
        labels.add(
                switch (column.property()) {
                    case Property.OfField of -> of.field().label().in(context.locale());
                    case Property.OfRecord of -> Messages.text(context.locale(), "property." + of.name(), List.of());
                    case Property other -> other.name();
                });
        return FormulaGuard.protect(String.join(" / ", labels));
    }

    @Override
    public List<List<String>> of(DSLContext sql, RecordPage page) {
        Map<UUID, String> people = MemberNames.of(sql, context.tenant(), users(page));
        return page.records().stream()
                .map(record -> columns.stream()
                        .map(column -> column.row(record, page)
                                .map(row -> cell(column, row, people))
                                .orElse(""))
                        .toList())
                .toList();
    }

    private Set<UUID> users(RecordPage page) {
        return columns.stream()
                .filter(ShownRows::ofPeople)
                .flatMap(column -> page.records().stream()
                        .flatMap(record -> Optional.ofNullable(column.value(record, page)).stream()))
                .map(UUID.class::cast)
                .collect(Collectors.toSet());
    }

    private static boolean ofPeople(Column column) {
        return switch (column.property()) {
            case Property.OfField of -> of.field().type().isUser();
            case Property.OfRecord of -> of.name().endsWith("By");
            case Property other -> false;
        };
    }

    private String cell(Column column, Row row, Map<UUID, String> people) {
        Object value = column.value(row);
        if (value == null) {
            return "";
        }
        if (ofPeople(column)) {
            return FormulaGuard.protect(people.getOrDefault((UUID) value, UNNAMED));
        }
        if (!(column.property() instanceof Property.OfField of)) {
            return value instanceof Instant moment
                    ? Shown.moment(moment, context.zone(), context.locale())
                    : FormulaGuard.protect(value.toString());
        }
        FieldDefinition field = of.field();
        if (field.type().isLookup()) {
            return FormulaGuard.protect(name(field, row));
        }
        String shown = shown(field, value, row.record());
        return value instanceof Long || value instanceof BigDecimal ? shown : FormulaGuard.protect(shown);
    }

    private String shown(FieldDefinition field, Object value, RecordData record) {
        String beside = field.settings().get(Setting.CURRENCY_FIELD);
        Object currency = beside == null ? null : record.value(beside);
        return field.masked()
                ? value.toString()
                : field.type().shown(field, value, context, currency == null ? null : currency.toString());
    }

    private String name(FieldDefinition lookup, Row row) {
        for (String target : lookup.targets()) {
            String expand = lookup.polymorphic() ? lookup.name() + "/" + target : lookup.name();
            Optional<String> name = row.page()
                    .target(row.record(), expand)
                    .flatMap(page -> named(target, page.records().getFirst()));
            if (name.isPresent()) {
                return name.get();
            }
        }
        return UNNAMED;
    }

    private Optional<String> named(String target, RecordData record) {
        return seen.entity(target)
                .flatMap(named -> named.field(named.nameField()))
                .flatMap(name -> Optional.ofNullable(Mask.shown(name, record.value(name.name())))
                        .map(value -> shown(name, value, record)));
    }
}
