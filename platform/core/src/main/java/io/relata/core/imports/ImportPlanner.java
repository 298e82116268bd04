package io.relata.core.imports;

import io.relata.core.imports.ColumnSource.Cell;
import io.relata.core.imports.ColumnSource.Constant;
import io.relata.core.imports.ColumnSource.Part;
import io.relata.core.imports.ColumnSource.Template;
import io.relata.core.imports.PlannedColumn.CellPart;
import io.relata.core.imports.PlannedColumn.Lookup;
import io.relata.core.imports.PlannedColumn.PlannedPart;
import io.relata.core.imports.PlannedColumn.TextPart;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fits a mapping to the tenant's metadata and to a file's header, and notes everything that does not fit.
final class ImportPlanner {

    private static final String MATCH_BY_ID = "id";

    private final ImportMapping mapping;
    private final MetadataSnapshot snapshot;
    private final EntityDefinition entity;
    private final List<String> header;
    private final List<Violation> violations;

    private ImportPlanner(
            ImportMapping mapping,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            List<String> header,
            List<Violation> violations) {
        this.mapping = mapping;
        this.snapshot = snapshot;
        this.entity = entity;
        this.header = header;
        this.violations = violations;
    }

    /// Returns the plan; it may be carried out only when no violation was added.
    static Optional<ImportPlan> plan(
            ImportMapping mapping, MetadataSnapshot snapshot, List<String> header, List<Violation> violations) {
        Optional<EntityDefinition> entity = snapshot.entity(mapping.entity());
        if (entity.isEmpty()) {
            if (!mapping.entity().isEmpty()) {
                violations.add(Violation.of("entity", "entity-unknown", mapping.entity()));
            }
            return Optional.empty();
        }
        return Optional.of(new ImportPlanner(mapping, snapshot, entity.get(), header, violations).plan());
    }

    private ImportPlan plan() {
        Map<String, Map<String, String>> corrections = correctionsByColumn();
        List<PlannedColumn> columns = new ArrayList<>();
        Set<FieldDefinition> filled = new HashSet<>();
        for (ColumnMapping column : mapping.columns()) {
            Optional<FieldDefinition> field = field(column);
            List<PlannedPart> parts = parts(column, corrections);
            DatePattern dates = dates(column);
            if (field.isPresent()) {
                if (!filled.add(field.get())) {
                    reject(column.path("field"), "import.field-twice", column.field());
                }
                Lookup lookup = lookup(column, field.get());
                columns.add(new PlannedColumn(
                        columns.size(), field.get(), columnName(column), parts, column.corrections(), dates, lookup));
            }
        }
        FieldDefinition key = key(filled);
        requireRequired(filled);
        return new ImportPlan(entity, key, header, columns, mapping.empty(), mapping.escaped());
    }

    private Optional<FieldDefinition> field(ColumnMapping column) {
        Optional<FieldDefinition> field = entity.field(column.field())
                .or(() -> Optional.ofNullable(entity.byProperty().get(column.field())));
        if (field.isEmpty()) {
            reject(column.path("field"), "field-unknown", column.field());
        } else if (field.get().readOnly()) {
            reject(column.path("field"), "read-only");
        }
        return field;
    }

    private static @Nullable String columnName(ColumnMapping column) {
        return column.source() instanceof Cell cell ? cell.column() : null;
    }

    private List<PlannedPart> parts(ColumnMapping column, Map<String, Map<String, String>> corrections) {
        return switch (column.source()) {
            case Cell cell -> cellParts(column.path("column"), cell.column(), column.corrections());
            case Constant constant -> List.of(new TextPart(constant.value()));
            case Template template -> {
                List<PlannedPart> parts = new ArrayList<>();
                for (Part part : template.parts()) {
                    if (part.cell()) {
                        Map<String, String> known = corrections.getOrDefault(part.text(), Map.of());
                        parts.addAll(cellParts(column.path("template"), part.text(), known));
                    } else {
                        parts.add(new TextPart(part.text()));
                    }
                }
                yield parts;
            }
        };
    }

    private List<PlannedPart> cellParts(String path, String name, Map<String, String> corrections) {
        int cell = header.indexOf(name);
        if (cell < 0) {
            reject(path, "import.unknown-column", name);
            return List.of();
        }
        return List.of(new CellPart(cell, corrections));
    }

    /// A template writes a cell as its own column means it.
    private Map<String, Map<String, String>> correctionsByColumn() {
        Map<String, Map<String, String>> corrections = new HashMap<>();
        for (ColumnMapping column : mapping.columns()) {
            if (column.source() instanceof Cell cell) {
                corrections.putIfAbsent(cell.column(), column.corrections());
            }
        }
        return corrections;
    }

    private @Nullable DatePattern dates(ColumnMapping column) {
        String pattern = column.dateFormat() != null ? column.dateFormat() : mapping.dateFormat();
        if (pattern == null) {
            return null;
        }
        Optional<DatePattern> dates = DatePattern.of(pattern);
        if (dates.isEmpty()) {
            String path = column.dateFormat() != null ? column.path("dateFormat") : "dateFormat";
            reject(path, "import.date-format", pattern);
        }
        return dates.orElse(null);
    }

    private @Nullable Lookup lookup(ColumnMapping column, FieldDefinition field) {
        String path = column.path("match");
        if (!field.type().isLookup()) {
            if (column.match() != null) {
                reject(path, "import.match-without-lookup", column.field());
            }
            return null;
        }
        if (MATCH_BY_ID.equals(column.match()) || (field.polymorphic() && column.match() == null)) {
            return null;
        }
        Optional<EntityDefinition> target = field.polymorphic()
                ? ofSeveral(field, String.valueOf(column.match()))
                : Optional.ofNullable(field.target()).flatMap(snapshot::entity);
        if (target.isEmpty()) {
            if (field.polymorphic()) {
                reject(path, "import.match-entity", String.join(", ", field.targets()));
            }
            return null;
        }
        String said = field.polymorphic() ? fieldOf(String.valueOf(column.match())) : column.match();
        String match = said != null ? said : target.get().nameField();
        Optional<FieldDefinition> by = target.get()
                .field(match)
                .filter(candidate -> candidate.kind() == ValueKind.STRING && candidate.slot() != null);
        if (by.isEmpty()) {
            reject(path, "import.match-unknown", target.get().name(), match);
            return null;
        }
        return new Lookup(target.get(), by.get());
    }

    /// Of several entities the match says which one: `account`, or `account.number`.
    private Optional<EntityDefinition> ofSeveral(FieldDefinition field, String match) {
        int dot = match.indexOf('.');
        String name = dot < 0 ? match : match.substring(0, dot);
        return field.targets().contains(name) ? snapshot.entity(name) : Optional.empty();
    }

    private static @Nullable String fieldOf(String match) {
        int dot = match.indexOf('.');
        return dot < 0 ? null : match.substring(dot + 1);
    }

    private @Nullable FieldDefinition key(Set<FieldDefinition> filled) {
        if (mapping.key() == null) {
            return null;
        }
        Optional<FieldDefinition> key = entity.field(mapping.key());
        if (key.isEmpty()) {
            reject("key", "field-unknown", mapping.key());
            return null;
        }
        boolean comparable = key.get().kind() == ValueKind.STRING || key.get().kind() == ValueKind.INTEGER;
        if (!comparable || key.get().slot() == null) {
            reject("key", "import.key-kind", mapping.key());
        } else if (!filled.contains(key.get())) {
            reject("key", "import.key-unmapped", mapping.key());
        }
        return key.get();
    }

    /// With a key, rows may be there to change a few fields of records that exist; without, all are new.
    private void requireRequired(Set<FieldDefinition> filled) {
        if (mapping.key() != null) {
            return;
        }
        for (FieldDefinition field : entity.fields()) {
            if (field.required() && field.defaultValue() == null && !filled.contains(field)) {
                reject("columns", "import.required-unmapped", field.name());
            }
        }
    }

    private void reject(String member, String code, Object... arguments) {
        Violation violation = Violation.of(member, code, arguments);
        if (!violations.contains(violation)) {
            violations.add(violation);
        }
    }
}
