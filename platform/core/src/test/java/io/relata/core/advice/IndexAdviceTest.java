package io.relata.core.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.advice.IndexAdvice.Advice;
import io.relata.core.advice.IndexAdvice.Way;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.FieldUse;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// From the queries that were run an administrator learns which fields to mark.
@ExtendWith(PostgresExtension.class)
class IndexAdviceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestEngine engine;
    private TestJobs jobs;
    private ODataService odata;
    private CallContext call;

    @BeforeEach
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        odata = new ODataService(
                engine.relata().metadata()::snapshot,
                new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                        .watched(engine.relata().shapes()),
                engine.clock(),
                URI.create("http://localhost/api/v1/data/"));
        call = jobs.member("advice");
        jobs.work().plans().now(call, "Meters", Edit.changes(json("""
                [{"op": "add", "component": "c_street", "value": {"label": {"en": "Street"}, "pluralLabel": {"en": "Streets"}, "fields": [
                   {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                   {"name": "c_zone", "type": "text", "indexed": false, "label": {"en": "Zone"}}]}},
                 {"op": "add", "component": "c_meter", "value": {"label": {"en": "Meter"}, "pluralLabel": {"en": "Meters"}, "fields": [
                   {"name": "c_name", "type": "text", "indexed": true, "label": {"en": "Name"}},
                   {"name": "c_reading", "type": "integer", "indexed": false, "label": {"en": "Reading"}},
                   {"name": "c_note", "type": "text", "indexed": false, "label": {"en": "Note"}},
                   {"name": "c_tags", "type": "tags", "label": {"en": "Tags"}},
                   {"name": "c_street", "type": "lookup", "target": "c_street", "label": {"en": "Street"}},
                   {"name": "c_twice", "type": "formula", "expression": "c_reading * 2", "label": {"en": "Twice"}}]}}]
                """)));
        engine.create(call, "c_meter", "c_name", "a", "c_reading", 1, "c_note", "Zebra");
        engine.create(call, "c_meter", "c_name", "b", "c_reading", 2);
    }

    @AfterEach
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void tellsWhichFieldsWereUsedHowOftenAndHow() throws IOException {
        list("$filter", "c_reading gt 0", "$orderby", "c_reading");
        list("$filter", "c_reading eq 1 and contains(c_note,'Zeb')");
        list("$filter", "c_name eq 'a'", "$orderby", "c_name");
        list("$filter", "c_tags/any() or c_twice gt 1");
        list("$filter", "c_street/c_zone eq 'N'");
        list("$apply", "filter(c_reading gt 1)/groupby((c_note),aggregate($count as n))");

        Map<String, Advice> advice = advice(call);

        assertThat(advice.keySet())
                .containsExactlyInAnyOrder(
                        "c_meter.c_reading", "c_meter.c_note", "c_meter.c_tags", "c_meter.c_twice", "c_street.c_zone");
        Advice reading = of(advice, "c_meter.c_reading");
        assertThat(reading.times()).isEqualTo(3);
        assertThat(reading.uses()).isEqualTo(Set.of("equal", "range", "order"));
        assertThat(reading.records()).isEqualTo(2 + 1 + 1);
        assertThat(reading.slowest()).isLessThanOrEqualTo(reading.millis());
        assertThat(reading.way()).isEqualTo(Way.INDEX);
        assertThat(of(advice, "c_meter.c_note").uses()).isEqualTo(Set.of("text", "group"));
        assertThat(of(advice, "c_meter.c_tags").way()).isEqualTo(Way.NONE);
        assertThat(of(advice, "c_meter.c_twice").way()).isEqualTo(Way.STORE);
    }

    @Test
    void addsUpAndForgetsFieldsThatWereMarked() throws IOException, SQLException {
        list("$filter", "c_reading gt 0");
        advice(call);
        list("$filter", "c_reading gt 0");
        assertThat(of(advice(call), "c_meter.c_reading").times()).isEqualTo(2);

        var plan = jobs.work().plans().now(call, "Index", Edit.changes(json("""
                [{"op": "change", "component": "c_meter.c_reading", "value": {"indexed": true}}]""")));
        jobs.run(call, jobs.work().jobs().find(call, plan.jobs().getFirst(), null));
        engine.clock().advance(Duration.ofSeconds(2));

        assertThat(advice(call)).doesNotContainKey("c_meter.c_reading");
    }

    @Test
    void keepsNoValuesAndNotMoreThanSoMany() throws Exception {
        list("$filter", "c_note eq 'Zebra'");
        engine.relata().shapes().flush();
        assertThat(engine.database().count("select count(*) from relata.query_shape s where s::text like '%Zebra%'"))
                .isZero();

        var meter = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_meter")
                .orElseThrow();
        for (int i = 0; i < QueryShapes.MOST + 50; i++) {
            String name = "c_made_up_" + i;
            FieldDefinition field = FieldDefinition.builder(
                            name, FieldTypes.TEXT, new LocalizedText(Map.of("en", name)))
                    .build();
            engine.relata()
                    .shapes()
                    .ran(
                            call,
                            List.of(new FieldUse(meter, field, field.property(), FieldUse.How.EQUAL)),
                            1,
                            Duration.ofMillis(3));
        }
        engine.relata().shapes().flush();
        assertThat(engine.database()
                        .count("select count(*) from relata.query_shape where tenant_id = ?", call.tenant()))
                .isEqualTo(QueryShapes.MOST);
        engine.clock().advance(Duration.ofDays(31));
        list("$filter", "c_reading gt 0");
        assertThat(advice(call).keySet()).containsExactly("c_meter.c_reading");
    }

    @Test
    void isForAdministratorsOfTheTenant() throws IOException, SQLException {
        list("$filter", "c_reading gt 0");

        assertThat(advice(jobs.member("another"))).isEmpty();
        assertThat(catchThrowableOfType(ProblemException.class, () -> advice(TestCalls.user(call.tenant())))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);
    }

    private static Advice of(Map<String, Advice> advice, String field) {
        return Objects.requireNonNull(advice.get(field), field);
    }

    private Map<String, Advice> advice(CallContext context) {
        engine.relata().shapes().flush();
        return new IndexAdvice(engine.relata().metadata())
                .of(context).stream()
                        .collect(Collectors.toMap(one -> one.component().toString(), Function.identity()));
    }

    private void list(String... options) throws IOException {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? "" : "&").append(options[i]).append('=');
            query.append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        odata.list(call, "c_meters", query.toString()).writeTo(new ByteArrayOutputStream());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
