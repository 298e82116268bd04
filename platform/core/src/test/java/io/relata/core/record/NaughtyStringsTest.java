package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Form;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Strings that break software elsewhere are kept as they are, or refused with a reason.
@ExtendWith(PostgresExtension.class)
class NaughtyStringsTest {

    private final LocalPostgres postgres;

    NaughtyStringsTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void keepsThemInTextsExactlyAndRefusesThemElsewhere(@TempDir Path folder) throws IOException, SQLException {
        try (TestEngine engine = TestEngine.start(postgres, folder)) {
            CallContext call = engine.tenant("naughty");
            MetadataSnapshot snapshot = engine.relata().metadata().snapshot(call.tenant());
            EntityDefinition deals = snapshot.entity("deal").orElseThrow();
            List<String> strings = strings();
            List<RecordInput> inputs = new ArrayList<>();
            for (String text : strings) {
                String name = text.isBlank() || text.length() > 200 ? "blank or long" : text;
                inputs.add(input("name", name, "notes", text));
            }

            List<RecordResult> results = engine.relata()
                    .transactions()
                    .call(
                            call,
                            sql -> engine.relata()
                                    .writer()
                                    .saveAll(new WriteTransaction(sql, call, snapshot), deals, inputs));

            assertThat(results).allMatch(RecordResult.Saved.class::isInstance);
            Map<UUID, RecordData> stored = stored(engine, call, deals);
            for (int i = 0; i < strings.size(); i++) {
                RecordData saved = ((RecordResult.Saved) results.get(i)).data();
                RecordData read = Objects.requireNonNull(stored.get(saved.id()));
                assertThat(read.values()).isEqualTo(saved.values());
                String text = strings.get(i);
                assertThat(read.value("notes")).isEqualTo(text.isEmpty() ? null : text);
                assertThat(read.value("name")).isEqualTo(inputs.get(i).values().get("name"));
            }
            refusesElsewhere(engine, call, snapshot, strings);
        }
    }

    private static void refusesElsewhere(
            TestEngine engine, CallContext call, MetadataSnapshot snapshot, List<String> strings) {
        EntityDefinition companies = snapshot.entity("company").orElseThrow();
        List<RecordInput> inputs = strings.stream()
                .map(text -> input(
                        "name",
                        "A",
                        "website",
                        text,
                        "email",
                        text,
                        "phone",
                        text,
                        "employees",
                        text,
                        "parentId",
                        text,
                        text,
                        text))
                .toList();

        List<RecordResult> results = engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> engine.relata()
                                .writer()
                                .saveAll(new WriteTransaction(sql, call, snapshot), companies, inputs));

        assertThat(results).hasSameSizeAs(inputs).allMatch(RecordResult.Rejected.class::isInstance);
    }

    private static Map<UUID, RecordData> stored(TestEngine engine, CallContext call, EntityDefinition entity) {
        RecordColumns columns = RecordColumns.of(entity);
        return engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> sql
                                .select(columns.selection())
                                .from(columns.table())
                                .where(columns.live(call.tenant()))
                                .fetch(columns::read)
                                .stream()
                                .collect(Collectors.toMap(RecordData::id, record -> record)));
    }

    private static RecordInput input(String... namesAndValues) {
        return new RecordInput(null, null, TestEngine.values((Object[]) namesAndValues), Form.JSON);
    }

    private static List<String> strings() throws IOException {
        try (InputStream json = NaughtyStringsTest.class.getResourceAsStream("naughty-strings/blns.json")) {
            List<String> strings = new ArrayList<>();
            for (JsonNode text : new ObjectMapper().readTree(json)) {
                strings.add(text.textValue());
            }
            assertThat(strings).hasSizeGreaterThan(400);
            return strings;
        }
    }
}
