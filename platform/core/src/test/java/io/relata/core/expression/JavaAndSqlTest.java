package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestDatabase;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Random expressions over random records: Java and the database compute the same.
@ExtendWith(PostgresExtension.class)
class JavaAndSqlTest {

    private static final long SEED = 20261130;
    private static final int RECORDS = 60;
    private static final int EXPRESSIONS = 3_000;
    private static final Instant NOW = Instant.parse("2026-03-28T17:12:45.123456Z");
    private static final List<String> NAMES = List.of(
            "name",
            "note",
            "stage",
            "account.name",
            "account.industry",
            "amount",
            "rate",
            "seats",
            "account.revenue",
            "hot",
            "closeDate",
            "startDate",
            "calledAt",
            "createdAt",
            "account");

    @Test
    void agree(LocalPostgres postgres) throws Exception {
        TestDatabase database = TestDatabase.create(postgres, Files.createTempDirectory("no-plugins"));
        Random random = new Random(SEED);
        RandomExpressions expressions = new RandomExpressions(random);
        List<Map<String, @Nullable Object>> records = records(random);
        Set<Op> seen = EnumSet.noneOf(Op.class);
        int telling = 0;
        try (Connection connection = database.postgres().connect(database.name())) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            store(sql, records);
            for (int i = 0; i < EXPRESSIONS; i++) {
                String text = expressions.any(1 + random.nextInt(4));
                Expression.Reading reading = Expression.read(text, TestScope.DEAL, null);
                Expression expression = reading.expression();
                if (expression == null) {
                    assertThat(reading.mistakes())
                            .as(text)
                            .allMatch(mistake -> mistake.code().startsWith("expression-"));
                    continue;
                }
                expression.root().walk(node -> note(node, seen));
                Environment environment = new Environment(
                        NOW,
                        ZoneId.of(i % 2 == 0 ? "Asia/Shanghai" : "America/New_York"),
                        i % 3 == 0 ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
                List<@Nullable Object> inJava = inJava(expression, environment, records);
                assertThat(inSql(sql, expression, environment)).as(text).isEqualTo(inJava);
                telling += inJava.stream().distinct().count() > 1 ? 1 : 0;
            }
        }
        assertThat(telling).as("expressions that tell records apart").isGreaterThan(EXPRESSIONS / 2);
        assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).containsExactly(Op.HAS_ITEM);
    }

    private static void note(Node node, Set<Op> seen) {
        if (node instanceof Node.Call call) {
            seen.add(call.op());
        }
    }

    private static List<@Nullable Object> inJava(
            Expression expression, Environment environment, List<Map<String, @Nullable Object>> records) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Map<String, @Nullable Object> record : records) {
            Evaluator evaluator = new Evaluator(environment, path -> record.get(String.join(".", path)));
            values.add(plain(evaluator.value(expression.root())));
        }
        return values;
    }

    private static List<@Nullable Object> inSql(DSLContext sql, Expression expression, Environment environment) {
        SqlExpressions expressions = new SqlExpressions(
                now(environment),
                environment.zone(),
                environment.locale(),
                path -> DSL.field(DSL.name(String.join(".", path.names())), SqlExpressions.sqlType(path.type())));
        Field<?> field = expressions.value(expression.root());
        List<@Nullable Object> values = new ArrayList<>();
        sql.select(field).from("sample").orderBy(DSL.field("number")).forEach(row -> values.add(plain(row.value1())));
        return values;
    }

    private static Field<OffsetDateTime> now(Environment environment) {
        return DSL.cast(DSL.val(environment.now().atOffset(ZoneOffset.UTC)), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return Evaluator.plainText(number);
        }
        return value instanceof OffsetDateTime moment ? moment.toInstant() : value;
    }

    private static void store(DSLContext sql, List<Map<String, @Nullable Object>> records) {
        sql.execute(
                "create temporary table sample (number serial, name text collate \"C\", note text collate \"C\","
                        + " stage text collate \"C\", \"account.name\" text collate \"C\", \"account.industry\" text collate \"C\","
                        + " amount numeric, rate numeric, seats numeric, \"account.revenue\" numeric, hot boolean,"
                        + " \"closeDate\" date, \"startDate\" date, \"calledAt\" timestamptz, \"createdAt\" timestamptz, account uuid)");
        for (Map<String, @Nullable Object> record : records) {
            List<Field<?>> columns = new ArrayList<>();
            List<@Nullable Object> values = new ArrayList<>();
            for (String name : NAMES) {
                Object value = record.get(name);
                columns.add(DSL.field(DSL.name(name)));
                values.add(value instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : value);
            }
            sql.insertInto(DSL.table("sample")).columns(columns).values(values).execute();
        }
    }

    private static List<Map<String, @Nullable Object>> records(Random random) {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            Map<String, @Nullable Object> record = new HashMap<>();
            for (String name : NAMES) {
                record.put(name, random.nextInt(5) == 0 ? null : value(name, random));
            }
            records.add(record);
        }
        return records;
    }

    private static Object value(String name, Random random) {
        return switch (name) {
            case "stage" -> List.of("open", "won", "lost").get(random.nextInt(3));
            case "name", "note", "account.name", "account.industry" ->
                List.of("", " Abc ", "abc", "北京朝阳", "京", "12.5", "-7", "ßİ", "😀", "a-b_c", "100%")
                        .get(random.nextInt(11));
            case "amount", "account.revenue" ->
                BigDecimal.valueOf(
                        random.nextInt(3) == 0 ? random.nextLong() / 7 : random.nextInt(100_000) - 50_000, 2);
            case "rate" -> BigDecimal.valueOf(random.nextInt(5_000_000) - 1_000_000, 6);
            case "seats" -> BigDecimal.valueOf(random.nextInt(7) - 3);
            case "hot" -> random.nextBoolean();
            case "closeDate", "startDate" -> LocalDate.of(2026, 1, 31).plusDays(random.nextInt(800) - 400);
            case "account" -> new UUID(1, random.nextInt(3));
            default -> NOW.minusSeconds(random.nextInt(40_000_000)).plusNanos(random.nextInt(999) * 1_000L);
        };
    }

    @Test
    void findsOptionsOfLists(LocalPostgres postgres) throws Exception {
        TestDatabase database = TestDatabase.create(postgres, Files.createTempDirectory("no-plugins"));
        Environment environment = new Environment(NOW, ZoneOffset.UTC, Locale.ENGLISH);
        Expression expression = TestScope.read("'a' in tags && size(tags) == 2 && !isEmpty(tags)");
        try (Connection connection = database.postgres().connect(database.name())) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            for (List<String> tags : List.of(List.<String>of(), List.of("a"), List.of("b", "a"))) {
                Field<String[]> list = DSL.val(tags.toArray(String[]::new));
                Object inSql = sql.select(DSL.field(new SqlExpressions(
                                        now(environment), environment.zone(), environment.locale(), path -> list)
                                .holds(expression.root())))
                        .fetchSingle()
                        .value1();
                boolean inJava = new Evaluator(environment, path -> tags).holds(expression.root());
                assertThat(inSql).isEqualTo(inJava).isEqualTo(tags.size() == 2);
            }
        }
        assertThat(Objects.requireNonNull(expression.type()).word()).isEqualTo("boolean");
    }
}
