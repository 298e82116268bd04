package io.relata.core.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.imports.ImportPreview.Column;
import io.relata.core.imports.ImportPreview.Wish;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the beginning of a file and suggests a mapping for it.
final class PreviewReader {

    private static final int ROWS = 20;
    private static final int SAMPLES = 3;
    private static final int SAMPLE_LENGTH = 100;

    private PreviewReader() {}

    static ImportPreview read(Path file, MetadataSnapshot snapshot, Wish wish) throws IOException {
        CsvFormat format = format(file, wish);
        EncodingCheck.require(file, format.charset());
        List<List<String>> rows = new ArrayList<>();
        List<String> header;
        try (CsvSource source = CsvSource.open(file, format)) {
            header = source.header();
            for (Optional<CsvRow> row = source.next(); row.isPresent() && rows.size() < ROWS; row = source.next()) {
                rows.add(row.get().cells());
            }
        }
        Optional<EntityDefinition> entity = entity(snapshot, wish);
        Map<String, FieldDefinition> suggested = entity.map(known -> MappingSuggester.suggest(known, snapshot, header))
                .orElse(Map.of());
        return new ImportPreview(
                format.charset().name(),
                String.valueOf(format.delimiter()),
                columns(header, rows, suggested, snapshot),
                rows,
                mapping(format, entity, suggested, snapshot));
    }

    private static CsvFormat format(Path file, Wish wish) throws IOException {
        Charset charset = charset(file, wish.encoding());
        if (wish.delimiter() == null) {
            return new CsvFormat(charset, CsvSniffer.delimiter(file, charset));
        }
        if (wish.delimiter().length() != 1 || !CsvFormat.DELIMITERS.contains(wish.delimiter())) {
            throw ProblemException.invalid(List.of(Violation.of("delimiter", "import.delimiter")));
        }
        return new CsvFormat(charset, wish.delimiter().charAt(0));
    }

    private static Charset charset(Path file, @Nullable String wish) throws IOException {
        if (wish == null) {
            return CsvSniffer.charset(file);
        }
        return CsvFormat.charset(wish)
                .orElseThrow(() ->
                        ProblemException.invalid(List.of(Violation.of("encoding", "import.unknown-encoding", wish))));
    }

    private static Optional<EntityDefinition> entity(MetadataSnapshot snapshot, Wish wish) {
        if (wish.entity() == null) {
            return Optional.empty();
        }
        Optional<EntityDefinition> entity = snapshot.entity(wish.entity());
        if (entity.isEmpty()) {
            throw ProblemException.invalid(List.of(Violation.of("entity", "entity-unknown", wish.entity())));
        }
        return entity;
    }

    private static List<Column> columns(
            List<String> header,
            List<List<String>> rows,
            Map<String, FieldDefinition> suggested,
            MetadataSnapshot snapshot) {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < header.size(); index++) {
            int place = index;
            List<String> samples = rows.stream()
                    .filter(row -> row.size() > place)
                    .map(row -> row.get(place).strip())
                    .filter(value -> !value.isEmpty())
                    .map(value -> value.length() > SAMPLE_LENGTH ? value.substring(0, SAMPLE_LENGTH) : value)
                    .distinct()
                    .limit(SAMPLES)
                    .toList();
            FieldDefinition field = suggested.get(header.get(index));
            columns.add(new Column(
                    header.get(index),
                    samples,
                    field == null ? null : field.name(),
                    field == null ? null : match(field, snapshot).orElse(null)));
        }
        return columns;
    }

    private static ObjectNode mapping(
            CsvFormat format,
            Optional<EntityDefinition> entity,
            Map<String, FieldDefinition> suggested,
            MetadataSnapshot snapshot) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        entity.ifPresent(known -> mapping.put("entity", known.name()));
        entity.flatMap(known -> MappingSuggester.key(known, suggested.values()))
                .ifPresent(key -> mapping.put("key", key.name()));
        mapping.put("encoding", format.charset().name());
        mapping.put("delimiter", String.valueOf(format.delimiter()));
        ArrayNode columns = mapping.putArray("columns");
        suggested.forEach((column, field) -> {
            ObjectNode node = columns.addObject().put("column", column).put("field", field.name());
            match(field, snapshot).ifPresent(match -> node.put("match", match));
        });
        return mapping;
    }

    private static Optional<String> match(FieldDefinition field, MetadataSnapshot snapshot) {
        return Optional.ofNullable(field.target()).flatMap(snapshot::entity).map(EntityDefinition::nameField);
    }
}
