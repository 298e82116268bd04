package io.relata.core.metadata.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportService;
import io.relata.core.file.TestFiles;
import io.relata.core.imports.ImportJob;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.job.Job;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.ODataBody;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.Sort;
import io.relata.core.record.Document;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordHistory;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every field type, wherever its values are kept and whichever way they come and go.
///
/// The tenant has one entity with two fields of each type: one in a slot where the type fits into one, and one in
/// the document; and two records, of which the second has the other value.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldTypeContractTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;
    private EntityDefinition entity;
    private Map<String, Sample> samples;
    private RecordData made;
    private RecordData first;

    FieldTypeContractTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void fill(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        call = jobs.member("types");
        UUID otherUser = new UUID(-1, -1);
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                                + " values (?, ?, 'person', 'user', 'active', 'o', 'O', now())",
                        call.tenant(),
                        otherUser);
        samples = Sample.all(
                engine.create(call, "company", "name", "A").id().toString(),
                engine.create(call, "company", "name", "B").id().toString(),
                call.user().toString(),
                otherUser.toString(),
                TestFiles.add(engine, call, "合同.txt", "contract".getBytes(StandardCharsets.UTF_8)),
                TestFiles.add(engine, call, "b.txt", "other".getBytes(StandardCharsets.UTF_8)),
                TestFiles.add(engine, call, "a.png", TestFiles.picture("png", 20, 10)),
                TestFiles.add(engine, call, "b.jpg", TestFiles.picture("jpg", 10, 20)));
        entity = jobs.work().plans().createEntity(call, json(definition()));
        made = engine.relata().writer().create(call, entity.name(), values("first", Sample::input));
        first = read(made.id());
        engine.relata().writer().create(call, entity.name(), values("second", Sample::other));
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    /// Formulas have no values of their own: what they give has another type.
    private static List<FieldType> types() {
        return FieldTypes.ALL.stream()
                .filter(type -> !type.equals(FieldTypes.FORMULA))
                .toList();
    }

    @Test
    void everyTypeHasASample() {
        assertThat(samples.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        types().stream().map(FieldType::typeName).toList());
    }

    @TestFactory
    Stream<DynamicTest> keepsValuesInASlotWhereTheyFit() {
        return each((field, sample) -> {
            boolean slotted = field.name().endsWith("_slot");
            assertThat(field.slot() != null).isEqualTo(slotted);
            assertThat(shown(first).get(field.property())).isEqualTo(json(sample.shown()));
            Object answered = made.value(field.name());
            if (answered instanceof Secret secret) {
                assertThat(secret.sealed()).isTrue();
            } else {
                assertThat(answered).isEqualTo(first.value(field.name()));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoSuchValue() {
        return each((field, sample) -> sample.wrong().forEach((input, code) -> {
            Map<String, @Nullable Object> values = new HashMap<>();
            values.put("c_name", "wrong");
            values.put(field.property(), plain(json(input)));
            ProblemException problem = catchThrowableOfType(
                    ProblemException.class, () -> engine.relata().writer().create(call, entity.name(), values));
            assertThat(problem).as(input).isNotNull();
            assertThat(problem.violations())
                    .as(input)
                    .extracting(Violation::field, Violation::code)
                    .containsExactly(tuple(field.property(), code));
        }));
    }

    @TestFactory
    Stream<DynamicTest> readsAndWritesForPeople() {
        return each((field, sample) -> {
            Object value = Objects.requireNonNull(first.value(field.name()));
            assertThat(field.type().display(field, value, in(Locale.ENGLISH)).replace('\u202F', ' '))
                    .isEqualTo(sample.english());
            assertThat(field.type().display(field, value, in(Locale.SIMPLIFIED_CHINESE)))
                    .isEqualTo(sample.chinese());
        });
    }

    @TestFactory
    Stream<DynamicTest> findsByValue() {
        return each((field, sample) -> {
            if (field.kind() == ValueKind.SECRET) {
                String wanted = "$filter=" + encoded(sample.filter().formatted(field.property()));
                assertThat(catchThrowableOfType(ProblemException.class, () -> names(wanted))
                                .detail())
                        .isEqualTo("query-secret");
                return;
            }
            assertThat(names("$filter=" + encoded(sample.filter().formatted(field.property()))))
                    .containsExactly("first");
            String there = field.kind() == ValueKind.LIST
                    ? "%s/any()".formatted(field.property())
                    : "%s ne null".formatted(field.property());
            assertThat(names("$filter=" + encoded(there + " and startswith(c_name,'f')")))
                    .containsExactly("first");
        });
    }

    @TestFactory
    Stream<DynamicTest> ordersAndGroups() {
        return each((field, sample) -> {
            if (!Sort.possible(field)) {
                ProblemException problem =
                        catchThrowableOfType(ProblemException.class, () -> names("$orderby=" + field.property()));
                assertThat(problem).isNotNull();
                return;
            }
            List<String> ordered = names("$filter=c_name%20ne%20%27third%27&$orderby=" + field.property() + "%20desc");
            if (refersToSomething(field)) {
                assertThat(ordered).containsExactlyInAnyOrder("first", "second");
            } else {
                assertThat(ordered).containsExactly("second", "first");
            }
            JsonNode groups = body(jobs.odata()
                            .list(
                                    call,
                                    entity.setName(),
                                    "$apply="
                                            + encoded("filter(c_name ne 'third')/groupby((" + field.property()
                                                    + "),aggregate($count as n))")))
                    .get("value");
            assertThat(groups).hasSize(2);
            assertThat(groups.findValues(field.property())).contains(json(sample.shown()));
        });
    }

    @TestFactory
    Stream<DynamicTest> comesBackFromAFile() throws IOException, SQLException {
        List<String> lines = export(call, ExportForm.RAW);
        return each((field, sample) -> {
            if (field.type().isAssigned()) {
                assertThat(lines).containsSequence(field.property(), sample.text());
                return;
            }
            UUID exported = imported(field, lines.get(lines.indexOf(field.property()) + 1));
            assertThat(read(exported).value(field.name())).isEqualTo(first.value(field.name()));
            UUID written = imported(field, sample.text());
            assertThat(read(written).value(field.name())).isEqualTo(first.value(field.name()));
        });
    }

    /// Names instead of ids, labels instead of options; the field's label is its name here.
    @TestFactory
    Stream<DynamicTest> isExportedAsPeopleReadIt() throws IOException, SQLException {
        List<String> english = export(in(Locale.ENGLISH), ExportForm.SHOWN);
        List<String> chinese = export(in(Locale.SIMPLIFIED_CHINESE), ExportForm.SHOWN);
        assertThat(english).contains("Created", "Changed by").doesNotContain("id");
        assertThat(chinese).contains("创建时间", "修改人");
        return each((field, sample) -> {
            String label = field.label().in(Locale.ENGLISH);
            String name = field.type().isLookup() ? "A" : field.type().isUser() ? "U" : null;
            assertThat(after(english, label)).isEqualTo(name == null ? sample.english() : name);
            assertThat(after(chinese, label)).isEqualTo(name == null ? sample.chinese() : name);
        });
    }

    private static String after(List<String> pairs, String heading) {
        return pairs.get(pairs.indexOf(heading) + 1);
    }

    @TestFactory
    Stream<DynamicTest> tellsWhatItWas() {
        List<RecordHistory.Entry> history = engine.relata().history().of(call, entity.name(), first.id());
        return each((field, sample) -> assertThat(history.getLast().changes())
                .filteredOn(change -> change.field().equals(field.name()))
                .singleElement()
                .satisfies(change -> assertThat(Document.shown(field, change.after()))
                        .isEqualTo(
                                field.kind() == ValueKind.SECRET
                                        ? JsonNodeFactory.instance.textNode(Secret.MASK)
                                        : json(sample.shown()))));
    }

    @TestFactory
    Stream<DynamicTest> isInTheModel() {
        String model = new String(jobs.odata().metadataXml(call), StandardCharsets.UTF_8);
        return each((field, sample) ->
                assertThat(model).contains("Name=\"" + field.property() + "\" Type=\"" + sample.edm() + "\""));
    }

    /// Ids are in the order in which they came about, which nobody chose.
    private static boolean refersToSomething(FieldDefinition field) {
        return field.type().isLookup() || field.type().isUser();
    }

    private interface Check {
        void of(FieldDefinition field, Sample sample) throws Exception;
    }

    private Stream<DynamicTest> each(Check check) {
        return entity.fields().stream()
                .filter(field -> !field.name().equals("c_name"))
                .map(field -> DynamicTest.dynamicTest(
                        field.name(),
                        () -> check.of(
                                field,
                                Objects.requireNonNull(samples.get(field.type().typeName())))));
    }

    private String definition() {
        StringBuilder fields =
                new StringBuilder("{\"name\": \"c_name\", \"type\": \"text\", \"label\": {\"en\": \"Name\"}}");
        for (FieldType type : types()) {
            Sample sample = Objects.requireNonNull(samples.get(type.typeName()), type.typeName());
            String own = sample.definition().isEmpty() ? "" : ", " + sample.definition();
            String name = "c_" + type.typeName().toLowerCase(Locale.ROOT);
            boolean fits = type.canBeIndexed() && !type.typeName().equals("url");
            if (fits) {
                fields.append(field(name + "_slot", type, own, true));
            }
            fields.append(field(name + "_data", type, own, false));
        }
        return """
                {"name": "c_sample", "label": {"en": "Sample"}, "pluralLabel": {"en": "Samples"}, "fields": [%s]}""".formatted(fields);
    }

    private static String field(String name, FieldType type, String own, boolean indexed) {
        return """
                , {"name": "%s", "type": "%s", "label": {"en": "%s"}, "indexed": %s%s}""".formatted(name, type.typeName(), name, indexed, own);
    }

    private Map<String, @Nullable Object> values(String name, Function<Sample, String> value) {
        Map<String, @Nullable Object> values = new HashMap<>(Map.of("c_name", name));
        for (FieldDefinition field : entity.fields()) {
            Sample sample = samples.get(field.type().typeName());
            if (sample != null
                    && !field.name().equals("c_name")
                    && !field.type().isAssigned()) {
                values.put(field.property(), plain(json(value.apply(sample))));
            }
        }
        return values;
    }

    private CallContext in(Locale locale) {
        return new CallContext(
                call.tenant(), call.user(), call.roles(), locale, call.zone(), call.currency(), "r", call.origin());
    }

    private JsonNode shown(RecordData record) {
        return body(jobs.odata().get(call, entity.setName(), record.id(), null).body());
    }

    private RecordData read(UUID id) {
        return jobs.odata().get(call, entity.setName(), id, null).record();
    }

    private List<String> names(String query) {
        return Stream.of(body(jobs.odata().list(call, entity.setName(), query)).get("value"))
                .flatMap(list -> list.findValuesAsText("c_name").stream())
                .filter(name -> !name.equals("third"))
                .toList();
    }

    /// Returns the names of the columns, each with what the first record has under it behind it.
    private List<String> export(CallContext as, ExportForm form) throws IOException, SQLException {
        ExportService.Checked checked =
                jobs.work().exports().check(as, entity.setName(), "$filter=" + encoded("c_name eq 'first'"), form);
        Job job = jobs.run(
                as,
                engine.relata()
                        .writer()
                        .transaction(as, tx -> jobs.work().exports().submit(tx, checked)));
        String csv =
                Files.readString(jobs.work().exports().file(call, job.id())).substring(1);
        List<List<String>> rows = CsvReader.builder().ofCsvRecord(csv).stream()
                .map(CsvRecord::getFields)
                .toList();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < rows.get(0).size(); i++) {
            pairs.add(rows.get(0).get(i));
            pairs.add(rows.get(1).get(i));
        }
        return pairs;
    }

    private UUID imported(FieldDefinition field, String cell) throws IOException, SQLException {
        String csv = "name,value\nthird,\"" + cell.replace("\"", "\"\"") + "\"\n";
        String match = field.type().isLookup() ? ", \"match\": \"id\"" : "";
        String mapping = """
                {"entity": "c_sample", "columns": [{"column": "name", "field": "c_name"}, {"column": "value", "field": "%s"%s}]}""".formatted(field.name(), match);
        try (ImportUpload upload =
                jobs.work().imports().receive(call, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            ImportService imports = jobs.work().imports();
            ImportService.Checked checked = imports.check(call, upload, "file.csv", json(mapping));
            ImportJob job = engine.relata().writer().transaction(call, tx -> imports.submit(tx, checked));
            jobs.run(call, jobs.work().jobs().find(call, job.id(), null));
        }
        JsonNode newest = body(jobs.odata().list(call, entity.setName(), "$orderby=createdAt%20desc,id%20desc&$top=1"));
        return UUID.fromString(newest.at("/value/0/id").asText());
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : node.decimalValue();
            default -> JSON.convertValue(node, Object.class);
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static JsonNode body(ODataBody body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            body.writeTo(out);
            return JSON.readTree(out.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
