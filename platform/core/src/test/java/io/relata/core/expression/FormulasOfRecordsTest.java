package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Random formulas as fields of an entity: what a write answers, computed in Java, is what is read afterwards, computed
/// by the database, with the types, slots, documents and lookups that records really have.
@ExtendWith(PostgresExtension.class)
class FormulasOfRecordsTest {

    private static final long SEED = 4_711;
    private static final int ENTITIES = 6;
    private static final int FORMULAS = 45;
    private static final int RECORDS = 25;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAMES = Pattern.compile(
            "account\\.(?:name|industry|revenue)|\\b(?:name|note|stage|amount|rate|seats|hot|closeDate|startDate|calledAt|account)\\b(?!\\()");
    private static final List<String> TEXTS =
            List.of("", "Abc", "abc", "北京朝阳", "京", "12.5", "-7", "ßİ", "😀", "a-b_c", "100%", "上海  Ltd");
    private static final Map<String, String> FIELDS = new TreeMap<>(Map.of(
            "c_name", "\"type\": \"text\"",
            "c_note", "\"type\": \"longText\", \"maxLength\": 200",
            "c_stage",
                    "\"type\": \"picklist\", \"options\": [{\"value\": \"open\", \"label\": {\"en\": \"Open\", \"zh-CN\": \"进行\"}}, {\"value\": \"won\", \"label\": {\"en\": \"Won\", \"zh-CN\": \"赢单\"}}, {\"value\": \"lost\", \"label\": {\"en\": \"Lost\", \"zh-CN\": \"输单\"}}]",
            "c_amount", "\"type\": \"money\"",
            "c_rate", "\"type\": \"decimal\", \"scale\": 6, \"indexed\": true",
            "c_seats", "\"type\": \"integer\"",
            "c_hot", "\"type\": \"boolean\"",
            "c_closedate", "\"type\": \"date\", \"indexed\": true",
            "c_startdate", "\"type\": \"date\"",
            "c_calledat", "\"type\": \"datetime\""));

    @Test
    void areTheSameWrittenAndRead(LocalPostgres postgres, @TempDir Path folder) throws Exception {
        Random random = new Random(SEED);
        RandomExpressions expressions = new RandomExpressions(random);
        int formulas = 0;
        int telling = 0;
        try (TestEngine engine = TestEngine.start(postgres, folder)) {
            CallContext call = engine.tenant("formulas-of-records");
            List<String> firms = firms(engine, call, random);
            for (int number = 0; number < ENTITIES; number++) {
                EntityDefinition entity = entity(engine, call, "c_deal" + number, expressions, random);
                Map<String, Set<String>> seen = compare(engine, call, entity, firms, random);
                formulas += seen.size();
                telling += (int) seen.values().stream()
                        .filter(values -> values.size() > 1)
                        .count();
            }
        }
        assertThat(formulas).as("formulas that could be saved").isGreaterThan(ENTITIES * FORMULAS * 2 / 3);
        assertThat(telling).as("formulas that tell records apart").isGreaterThan(formulas / 3);
    }

    /// Writes records and compares; returns the values of each formula.
    private static Map<String, Set<String>> compare(
            TestEngine engine, CallContext call, EntityDefinition entity, List<String> firms, Random random) {
        List<FieldDefinition> formulas =
                entity.fields().stream().filter(FieldDefinition::virtual).toList();
        Map<String, Set<String>> seen = new TreeMap<>();
        for (int i = 0; i < RECORDS; i++) {
            RecordData made = engine.relata().writer().create(call, entity.name(), values(firms, random));
            compare(engine, call, entity, formulas, made, seen);
            RecordData changed =
                    engine.relata().writer().update(call, entity.name(), made.id(), null, values(firms, random));
            compare(engine, call, entity, formulas, changed, seen);
        }
        return seen;
    }

    private static void compare(
            TestEngine engine,
            CallContext call,
            EntityDefinition entity,
            List<FieldDefinition> formulas,
            RecordData written,
            Map<String, Set<String>> seen) {
        RecordData read = new RecordReader(engine.relata().transactions(), Duration.ofSeconds(20))
                .find(call, entity, written.id())
                .orElseThrow();
        for (FieldDefinition field : formulas) {
            String inJava = text(written.value(field.name()));
            assertThat(text(read.value(field.name())))
                    .as("%s of %s", field.formula(), written.values())
                    .isEqualTo(inJava);
            seen.computeIfAbsent(field.name(), name -> new HashSet<>()).add(inJava);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static List<String> firms(TestEngine engine, CallContext call, Random random) throws Exception {
        ObjectNode firm = definition("c_firm");
        ArrayNode fields = firm.putArray("fields");
        fields.add(field("c_name", FIELDS.get("c_name")));
        fields.add(field("c_industry", "\"type\": \"text\""));
        fields.add(field("c_revenue", "\"type\": \"money\", \"scale\": 2"));
        engine.relata().metadata().createEntity(call, firm);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(engine.create(
                            call,
                            "c_firm",
                            "c_name",
                            text(random),
                            "c_industry",
                            text(random),
                            "c_revenue",
                            i == 0 ? null : decimal(random, 2))
                    .id()
                    .toString());
        }
        return ids;
    }

    /// Makes an entity with random formulas; those that cannot be saved are left out, each with what is wrong with it.
    private static EntityDefinition entity(
            TestEngine engine, CallContext call, String name, RandomExpressions expressions, Random random)
            throws Exception {
        ObjectNode definition = definition(name);
        ArrayNode fields = definition.putArray("fields");
        for (Map.Entry<String, String> field : FIELDS.entrySet()) {
            fields.add(field(field.getKey(), field.getValue()));
        }
        fields.add(field("c_account", "\"type\": \"lookup\", \"target\": \"c_firm\""));
        for (int i = 0; i < FORMULAS; i++) {
            ObjectNode formula = field("c_f" + i, "\"type\": \"formula\"");
            formula.put("expression", named(expressions.any(1 + random.nextInt(4))));
            if (random.nextBoolean()) {
                formula.put("scale", random.nextInt(7));
            }
            fields.add(formula);
        }
        while (true) {
            try {
                return engine.relata().metadata().createEntity(call, definition);
            } catch (ProblemException refused) {
                assertThat(refused.violations()).isNotEmpty();
                leaveOut(fields, refused);
            }
        }
    }

    private static void leaveOut(ArrayNode fields, ProblemException refused) {
        refused.violations().stream()
                .map(violation -> String.valueOf(violation.field()))
                .map(member -> {
                    Matcher index = Pattern.compile("fields\\[(\\d+)]\\.(expression|scale)")
                            .matcher(member);
                    assertThat(index.matches()).as(member).isTrue();
                    return Integer.valueOf(index.group(1));
                })
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(index -> fields.remove(index.intValue()));
    }

    /// Names the fields as they are here. The time stands still in Java and goes on in the database.
    private static String named(String expression) {
        Matcher names = NAMES.matcher(expression);
        StringBuilder named = new StringBuilder();
        while (names.find()) {
            names.appendReplacement(
                    named, "c_" + names.group().replace(".", ".c_").toLowerCase(Locale.ROOT));
        }
        return names.appendTail(named)
                .toString()
                .replace("now()", "createdAt")
                .replace("today()", "date('2026-03-01')");
    }

    private static Map<String, @Nullable Object> values(List<String> firms, Random random) {
        Map<String, @Nullable Object> values = TestEngine.values(
                "c_name",
                text(random),
                "c_note",
                text(random) + text(random),
                "c_stage",
                List.of("open", "won", "lost").get(random.nextInt(3)),
                "c_amount",
                decimal(random, 2),
                "c_rate",
                decimal(random, 6),
                "c_seats",
                random.nextInt(7) - 3,
                "c_hot",
                random.nextBoolean(),
                "c_closedate",
                day(random),
                "c_startdate",
                day(random),
                "c_calledat",
                day(random) + "T" + (10 + random.nextInt(14)) + ":07:09.123456Z",
                "c_account_id",
                firms.get(random.nextInt(firms.size())));
        values.replaceAll((name, value) -> random.nextInt(5) == 0 ? null : value);
        return values;
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String decimal(Random random, int scale) {
        long unscaled = random.nextInt(3) == 0 ? random.nextLong() / 1_000_000 : random.nextInt(100_000) - 50_000;
        return BigDecimal.valueOf(unscaled, scale).toPlainString();
    }

    private static String day(Random random) {
        return LocalDate.of(2026, 1, 31).plusDays(random.nextInt(800) - 400).toString();
    }

    private static ObjectNode definition(String name) {
        ObjectNode definition = JSON.createObjectNode().put("name", name);
        definition.putObject("label").put("en", name);
        definition.putObject("pluralLabel").put("en", name);
        return definition;
    }

    private static ObjectNode field(String name, @Nullable String settings) throws Exception {
        return (ObjectNode)
                JSON.readTree("{\"name\": \"%s\", \"label\": {\"en\": \"%s\"}, %s}".formatted(name, name, settings));
    }
}
