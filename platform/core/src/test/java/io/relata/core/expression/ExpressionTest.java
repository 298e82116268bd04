package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final Environment ENVIRONMENT = new Environment(
            Instant.parse("2026-03-01T17:00:00Z"), ZoneId.of("Asia/Shanghai"), Locale.SIMPLIFIED_CHINESE);

    private static @Nullable Object value(String text, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> record = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new Evaluator(ENVIRONMENT, path -> record.get(String.join(".", path)))
                .value(TestScope.read(text).root());
    }

    private static Mistake mistake(String text) {
        List<Mistake> mistakes = Expression.read(text, TestScope.DEAL, null).mistakes();
        assertThat(mistakes).as(text).hasSize(1);
        return mistakes.getFirst();
    }

    @Test
    void countsExactly() {
        assertThat(value("0.1 + 0.2 == 0.3")).isEqualTo(true);
        assertThat(value("amount * 1.15", "amount", new BigDecimal("19.99"))).isEqualTo(new BigDecimal("22.9885"));
        assertThat(value("1 / 3")).isEqualTo(new BigDecimal("0.3333333333"));
        assertThat(value("round(2.345, 2)")).isEqualTo(new BigDecimal("2.35"));
        assertThat(value("pow(1.5, 3)")).isEqualTo(new BigDecimal("3.375"));
    }

    @Test
    void hasAResultForWhatIsEmpty() {
        assertThat(value("amount + 1")).isNull();
        assertThat(value("amount > 1")).isEqualTo(false);
        assertThat(value("!(amount > 1)")).isEqualTo(true);
        assertThat(value("amount == null")).isEqualTo(true);
        assertThat(value("name + '!'")).isEqualTo("!");
        assertThat(value("ifEmpty(name, '?')", "name", "")).isEqualTo("?");
        assertThat(value("amount / seats", "amount", BigDecimal.ONE, "seats", BigDecimal.ZERO))
                .isNull();
        assertThat(value("hot && true")).isEqualTo(false);
        assertThat(value("has(account.industry)")).isEqualTo(false);
    }

    @Test
    void readsOverLookupsInBothStyles() {
        assertThat(value("account.industry.startsWith('食品')", "account.industry", "食品贸易"))
                .isEqualTo(true);
        assertThat(value("startsWith(account.industry, '食品')", "account.industry", "食品贸易"))
                .isEqualTo(true);
        assertThat(value("account.revenue > 5", "account.revenue", 6L)).isEqualTo(true);
    }

    @Test
    void countsCharactersNotHalves() {
        assertThat(value("size('a😀北')")).isEqualTo(BigDecimal.valueOf(3));
        assertThat(value("left('😀北京', 2)")).isEqualTo("😀北");
    }

    @Test
    void knowsTheDayOfTheUser() {
        assertThat(value("today()")).isEqualTo(LocalDate.of(2026, 3, 2));
        assertThat(value("date(now())")).isEqualTo(LocalDate.of(2026, 3, 2));
        assertThat(value("hour(now())")).isEqualTo(BigDecimal.ONE);
        assertThat(value("text(now() + hours(2))")).isEqualTo("2026-03-02 03:00");
        assertThat(value("addMonths(date('2026-01-31'), 1)")).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(value("closeDate + 30 < today()", "closeDate", LocalDate.of(2026, 1, 1)))
                .isEqualTo(true);
        assertThat(value("date(2026, 2, 30)")).isNull();
    }

    @Test
    void showsLabelsInTheLanguageOfTheReader() {
        assertThat(value("label(stage)", "stage", "won")).isEqualTo("赢单");
        assertThat(value("label(stage)", "stage", "lost")).isEqualTo("Lost");
    }

    @Test
    void writesMacrosOut() {
        assertThat(value("['a', 'b'].exists(x, name == x)", "name", "b")).isEqualTo(true);
        assertThat(value("[1, 2, 3].all(x, seats > x)", "seats", 3L)).isEqualTo(false);
    }

    @Test
    void saysWhetherAValueCanBeKept() {
        assertThat(TestScope.read("amount * 2").steady()).isTrue();
        assertThat(TestScope.read("closeDate < today()").steady()).isFalse();
        assertThat(TestScope.read("label(stage)").steady()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount +                    | 9  | expression-ends",
                "amount # 2                  | 8  | expression-syntax",
                "1 + 'a                      | 5  | expression-syntax",
                "amonut > 3                  | 1  | expression-unknown-name-hint",
                "zzzzzz > 3                  | 1  | expression-unknown-name",
                "account.indstry             | 9  | expression-unknown-name-hint",
                "name.industry               | 6  | expression-no-lookup",
                "lenght(name)                | 1  | expression-unknown-function",
                "tody()                      | 1  | expression-unknown-function-hint",
                "amount + name               | 8  | expression-operands",
                "closeDate == createdAt      | 11 | expression-operands",
                "stage == 'win'              | 10 | expression-no-option-hint",
                "stage in ['open', 'zzzzzzz'] | 19 | expression-no-option",
                "hot ? 1 : 'a'               | 11 | expression-branches",
                "amount ? 1 : 2              | 1  | expression-condition",
                "substring(name)             | 1  | expression-arguments",
                "lower(amount)               | 7  | expression-argument",
                "round(amount, seats)        | 15 | expression-argument",
                "date('2026-02-30')          | 6  | expression-date",
                "duration('soon')            | 10 | expression-duration",
                "matches(name, 'a(')         | 15 | expression-pattern",
                "matches(name, '(?=a)')      | 15 | expression-pattern",
                "[1, 2]                      | 1  | expression-list-alone",
                "{'a': 1}                    | 1  | expression-not-supported",
                "name[0]                     | 5  | expression-not-supported",
                "pow(amount, 11)             | 13 | expression-argument",
            })
    void saysWhatIsWrongAndWhere(String text, int position, String code) {
        Mistake mistake = mistake(text);

        assertThat(mistake.code()).isEqualTo(code);
        assertThat(mistake.position()).isEqualTo(position);
        assertThat(mistake.arguments().getFirst()).isEqualTo(position);
    }

    @Test
    void saysWhatWasMeant() {
        assertThat(mistake("stage == 'win'").arguments()).containsExactly(10, "win", "won");
        assertThat(mistake("amonut > 3").arguments()).containsExactly(1, "amonut", "amount");
    }

    @Test
    void saysEverythingThatIsWrong() {
        List<Mistake> mistakes = Expression.read("amonut + nam > lower(seats)", TestScope.DEAL, null)
                .mistakes();

        assertThat(mistakes).extracting(Mistake::position).containsExactlyInAnyOrder(1, 10, 22);
    }

    @Test
    void refusesAnotherResult() {
        List<Mistake> mistakes =
                Expression.read("amount", TestScope.DEAL, Type.Plain.TRUTH).mistakes();

        assertThat(mistakes).extracting(Mistake::code).containsExactly("expression-result");
    }

    @Test
    void hasACaseOfEveryFunctionInTheReference() throws Exception {
        String reference = java.nio.file.Files.readString(java.nio.file.Path.of("../../docs/expressions.md"));

        for (Function function : Functions.ALL.values()) {
            Arrays.stream(function.form().split("\\), "))
                    .map(form -> form.endsWith(")") ? form : form + ")")
                    .forEach(form -> assertThat(reference).contains("`" + form + "`"));
        }
    }
}
