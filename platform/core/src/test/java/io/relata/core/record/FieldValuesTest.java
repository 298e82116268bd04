package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Form;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldValuesTest {

    @Test
    void keepsDecimalsExactUpToTheLastDigitThatFits() {
        FieldDefinition money = field(FieldTypes.MONEY);

        assertThat(value(money, "92233720368547758.07")).isEqualTo(new BigDecimal("92233720368547758.07"));
        assertThat(value(money, "-92233720368547758.08")).isEqualTo(new BigDecimal("-92233720368547758.08"));
        assertThat(value(money, 1.1)).isEqualTo(new BigDecimal("1.10"));
        assertThat(value(money, new BigDecimal("1E+3"))).isEqualTo(new BigDecimal("1000.00"));
        assertThat(value(money, "1.5000")).isEqualTo(new BigDecimal("1.50"));
        assertThat(value(money, 0)).isEqualTo(new BigDecimal("0.00"));
        assertThat(value(money, new BigDecimal("0E+999999999"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(code(money, "92233720368547758.08")).isEqualTo("number-too-big");
        assertThat(code(money, "0.001")).isEqualTo("too-many-decimals");
        assertThat(code(money, new BigDecimal("1E-999999999"))).isEqualTo("too-many-decimals");
        assertThat(code(money, new BigDecimal("1E+999999999"))).isEqualTo("number-too-big");
        assertThat(code(money, Double.NaN)).isEqualTo("expects-number");
        assertThat(code(money, "1,000")).isEqualTo("expects-number");
        assertThat(code(money, "0x10")).isEqualTo("expects-number");
        assertThat(code(money, true)).isEqualTo("expects-number");
        assertThat(code(money, List.of(1))).isEqualTo("expects-number");
    }

    @Test
    void keepsIntegersWhole() {
        FieldDefinition integer = field(FieldTypes.INTEGER);

        assertThat(value(integer, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(value(integer, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(value(integer, new BigDecimal("5.0"))).isEqualTo(5L);
        assertThat(code(integer, new BigInteger("9223372036854775808"))).isEqualTo("number-too-big");
        assertThat(code(integer, "1.5")).isEqualTo("expects-integer");
        assertThat(code(integer, "one")).isEqualTo("expects-integer");
    }

    @Test
    void countsCharactersNotUnits() {
        FieldDefinition text = field(FieldTypes.TEXT, 3);

        assertThat(value(text, "😀😀😀")).isEqualTo("😀😀😀");
        assertThat(code(text, "😀😀😀😀")).isEqualTo("too-long");
    }

    @Test
    void refusesWhatTheDatabaseCannotKeep() {
        FieldDefinition text = field(FieldTypes.TEXT, 100);

        assertThat(code(text, "a\u0000")).isEqualTo("bad-characters");
        assertThat(code(text, "\ud800")).isEqualTo("bad-characters");
        assertThat(code(text, "x\udc00\ud800")).isEqualTo("bad-characters");
        assertThat(value(text, "\uffff \ufeff \u202e")).isEqualTo("\uffff \ufeff \u202e");
    }

    @Test
    void treatsAnEmptyTextAsNoValue() {
        assertThat(value(field(FieldTypes.TEXT, 9), "")).isNull();
        assertThat(value(field(FieldTypes.DATE), "")).isNull();
        assertThat(value(field(FieldTypes.TEXT, 9), "  ")).isEqualTo("  ");
    }

    @Test
    void readsDatesAndTimesByTheStandard() {
        FieldDefinition date = field(FieldTypes.DATE);
        FieldDefinition time = field(FieldTypes.DATETIME);

        assertThat(value(date, "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(code(date, "2023-02-29")).isEqualTo("expects-date");
        assertThat(code(date, "29.02.2024")).isEqualTo("expects-date");
        assertThat(code(date, "+12024-01-01")).isEqualTo("date-out-of-range");
        assertThat(code(date, "0000-01-01")).isEqualTo("date-out-of-range");
        assertThat(value(time, "2026-01-01T00:30+02:00")).isEqualTo(Instant.parse("2025-12-31T22:30:00Z"));
        assertThat(code(time, "2026-01-01T00:30:00")).isEqualTo("expects-datetime");
        assertThat(code(time, "2026-01-01")).isEqualTo("expects-datetime");
        assertThat(code(time, "-0001-01-01T00:00:00Z")).isEqualTo("date-out-of-range");
    }

    @Test
    void readsIdsInFullOnly() {
        FieldDefinition lookup = field(FieldTypes.LOOKUP);
        UUID id = UUID.randomUUID();

        assertThat(value(lookup, id.toString())).isEqualTo(id);
        assertThat(value(lookup, id)).isEqualTo(id);
        assertThat(code(lookup, "1-1-1-1-1")).isEqualTo("expects-id");
        assertThat(code(lookup, 7)).isEqualTo("expects-id");
    }

    @Test
    void knowsCertainMistakesInAddresses() {
        FieldDefinition email = field(FieldTypes.EMAIL, 254);
        FieldDefinition phone = field(FieldTypes.PHONE, 40);
        FieldDefinition url = field(FieldTypes.URL, 2000);

        for (String good : List.of("a@b.co", "Ünal+x@例え.jp", " padded@x.org ")) {
            assertThat(code(email, good)).isEmpty();
        }
        for (String bad : List.of("a", "a@b", "a b@c.de", "a@b.", "@b.co", "a@@b.co", "<a@b.co>")) {
            assertThat(code(email, bad)).isEqualTo("email-invalid");
        }
        for (String good : List.of("+86 10 8888 8888", "(555) 010-9999 ext. 7", "030/123456", "12345")) {
            assertThat(code(phone, good)).isEmpty();
        }
        for (String bad : List.of("none", "12", "call me", "<script>123</script>")) {
            assertThat(code(phone, bad)).isEqualTo("phone-invalid");
        }
        for (String good : List.of("https://例え.jp/路径?q=1#x", "HTTP://example.org", "http://localhost:8080/")) {
            assertThat(code(url, good)).isEmpty();
        }
        for (String bad :
                List.of("javascript:alert(1)", "example.org", "https://", "https:// x", "ftp://x.org", "//x")) {
            assertThat(code(url, bad)).isEqualTo("url-invalid");
        }
    }

    @Test
    void offersActiveOptionsOnly() {
        FieldDefinition picklist = field(FieldTypes.PICKLIST);

        assertThat(value(picklist, "won")).isEqualTo("won");
        assertThat(code(picklist, "old")).isEqualTo("not-an-option");
        assertThat(code(picklist, "Won")).isEqualTo("not-an-option");
        assertThat(FieldValues.parse(picklist, " gewonnen ", Form.TEXT, new ArrayList<>()))
                .isEqualTo("won");
    }

    private static @Nullable Object value(FieldDefinition field, Object input) {
        List<Violation> violations = new ArrayList<>();
        Object value = FieldValues.parse(field, input, Form.JSON, violations);
        FieldValues.check(field, value, violations);
        assertThat(violations).isEmpty();
        return value;
    }

    private static String code(FieldDefinition field, Object input) {
        List<Violation> violations = new ArrayList<>();
        FieldValues.check(field, FieldValues.parse(field, input, Form.JSON, violations), violations);
        return violations.isEmpty() ? "" : violations.getFirst().code();
    }

    private static FieldDefinition field(FieldType type) {
        return field(type, type.has(Setting.MAX_LENGTH) ? 100 : 0);
    }

    private static FieldDefinition field(FieldType type, int maxLength) {
        LocalizedText label = new LocalizedText(Map.of("en", "Field"));
        List<PicklistOption> options = List.of(
                new PicklistOption("won", new LocalizedText(Map.of("en", "Won", "de", "Gewonnen")), null, true),
                new PicklistOption("old", label, null, false));
        return FieldDefinition.builder("field", type, label)
                .set(Setting.MAX_LENGTH, maxLength)
                .set(Setting.SCALE, type.has(Setting.SCALE) ? 2 : null)
                .set(Setting.OPTIONS, options)
                .build();
    }
}
