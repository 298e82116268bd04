package io.relata.core.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.type.Form;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tenant with customers and goods of its own, and the search as the application has it.
record SearchWorld(TestEngine engine, TestJobs jobs, GlobalSearch search) implements AutoCloseable {

    static final String CUSTOMERS = "c_customers";
    static final String GOODS = "c_goods";

    private static final JsonMapper JSON = new JsonMapper();

    static SearchWorld start(LocalPostgres postgres, Path folder) throws IOException, SQLException {
        TestEngine engine = TestEngine.start(postgres, folder);
        TestJobs jobs = TestJobs.of(engine);
        GlobalSearch search = new GlobalSearch(
                engine.relata().transactions(),
                engine.relata().metadata()::snapshot,
                jobs.work().search(),
                Duration.ofSeconds(10));
        return new SearchWorld(engine, jobs, search);
    }

    /// Returns an administrator of a new tenant that has the entities.
    CallContext tenant(String slug) throws SQLException, IOException {
        CallContext call = jobs.member(slug);
        define(call, "c_customer", CUSTOMERS, """
                {"name": "name", "type": "text", "required": true},
                {"name": "contact", "type": "text", "searchable": true},
                {"name": "phone", "type": "phone", "searchable": true},
                {"name": "email", "type": "email", "searchable": true},
                {"name": "notes", "type": "longText", "searchable": true},
                {"name": "secret", "type": "text"}""");
        define(call, "c_good", GOODS, """
                {"name": "name", "type": "text", "required": true},
                {"name": "code", "type": "text", "searchable": true}""");
        return call;
    }

    private void define(CallContext call, String name, String set, String fields) throws IOException {
        String labelled = fields.replaceAll(
                        "\"name\": \"(\\w+)\"", "$0, \"label\": {\"en\": \"$1\", \"zh-CN\": \"$1\"}")
                .replaceAll("\\{\"name\": \"(\\w+)\"", "{\"name\": \"c_$1\"");
        JsonNode definition = JSON.readTree("""
                {"name": "%s", "label": {"en": "X", "zh-CN": "X"}, "pluralLabel": {"en": "X", "zh-CN": "X"},
                 "nameField": "c_name", "fields": [%s]}""".formatted(name, labelled));
        engine.relata().metadata().createEntity(call, definition);
        if (!engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity(name)
                .orElseThrow()
                .setName()
                .equals(set)) {
            throw new IllegalStateException("The set has another name than " + set);
        }
    }

    UUID customer(CallContext call, @Nullable Object... namesAndValues) {
        return engine.create(call, "c_customer", own(namesAndValues)).id();
    }

    UUID good(CallContext call, @Nullable Object... namesAndValues) {
        return engine.create(call, "c_good", own(namesAndValues)).id();
    }

    static @Nullable Object[] own(@Nullable Object... namesAndValues) {
        @Nullable Object[] own = namesAndValues.clone();
        for (int i = 0; i < own.length; i += 2) {
            own[i] = "c_" + own[i];
        }
        return own;
    }

    /// Brings rows of a file in, as an import does.
    ///
    /// @param columns fields by the file's columns
    void load(CallContext call, String entity, Path file, Map<String, String> columns) throws IOException {
        List<RecordInput> inputs = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(file));
                Stream<NamedCsvRecord> stream = rows.stream()) {
            stream.forEach(row -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                columns.forEach((column, field) -> {
                    String value = row.getField(column);
                    values.put("c_" + field, value.equals("NULL") ? null : value);
                });
                inputs.add(new RecordInput(null, null, values, Form.JSON));
            });
        }
        List<RecordResult> results = engine.relata()
                .writer()
                .transaction(call, tx -> engine.relata().writer().saveAll(tx, tx.entity(entity), inputs));
        if (!results.stream().allMatch(RecordResult.Saved.class::isInstance)) {
            throw new IllegalStateException("A row was refused");
        }
    }

    SearchResult find(CallContext call, String text) {
        return search.search(call, new GlobalSearch.Wish(text, List.of(), 50, null));
    }

    /// Returns the names of what is found, the best first within each entity.
    List<String> names(CallContext call, String text) {
        return find(call, text).groups().stream()
                .flatMap(group -> group.hits().stream())
                .map(SearchResult.Hit::name)
                .toList();
    }

    @Override
    public void close() {
        jobs.close();
        engine.close();
    }
}
