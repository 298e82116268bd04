package io.relata.core.metadata.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same values as the test of the pages has: both show the same.
class ShownTest {

    private static final Instant MOMENT = Instant.parse("2026-11-19T02:30:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final CallContext EN = context(Locale.ENGLISH, "America/New_York", "USD");
    private static final CallContext ZH = context(Locale.SIMPLIFIED_CHINESE, "Asia/Shanghai", "CNY");

    private static CallContext context(Locale locale, String zone, String currency) {
        return new CallContext(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Set.of(),
                locale,
                ZoneId.of(zone),
                Currency.getInstance(currency),
                "r",
                Origin.API);
    }

    private static FieldDefinition field(FieldType type, @Nullable DisplayFormat format) {
        FieldSettings settings = FieldSettings.NONE.with(Setting.FORMAT, format).with(Setting.SCALE, 4);
        return FieldDefinition.builder("f", type, new LocalizedText(Map.of("en", "F")))
                .settings(settings)
                .build();
    }

    private static String shown(CallContext context, FieldType type, @Nullable DisplayFormat format, Object value) {
        return shown(context, type, format, value, null);
    }

    private static String shown(
            CallContext context,
            FieldType type,
            @Nullable DisplayFormat format,
            Object value,
            @Nullable String currency) {
        return type.shown(field(type, format), value, context, currency);
    }

    private static DisplayFormat style(String style) {
        return new DisplayFormat(style, null, null);
    }

    private static DisplayFormat decimals(int decimals) {
        return new DisplayFormat(null, decimals, null);
    }

    @Test
    void writesAmountsInTheirCurrencyWithoutEmptyCents() {
        assertThat(shown(EN, FieldTypes.MONEY, null, new BigDecimal("10005534.00")))
                .isEqualTo("$10,005,534");
        assertThat(shown(EN, FieldTypes.MONEY, null, new BigDecimal("1054.50"))).isEqualTo("$1,054.50");
        assertThat(shown(ZH, FieldTypes.MONEY, null, new BigDecimal("88.80"))).isEqualTo("¥88.80");
        assertThat(shown(ZH, FieldTypes.MONEY, null, new BigDecimal("-88.80"), "EUR"))
                .isEqualTo("-€88.80");
        assertThat(shown(ZH, FieldTypes.MONEY, null, new BigDecimal("88.80"), "no currency"))
                .isEqualTo("¥88.80");
    }

    @Test
    void keepsEveryDigitAndLetsDecimalsLineUp() {
        assertThat(shown(EN, FieldTypes.DECIMAL, null, new BigDecimal("12345678901234.8900")))
                .isEqualTo("12,345,678,901,234.89");
        assertThat(shown(EN, FieldTypes.DECIMAL, null, new BigDecimal("4269.9")))
                .isEqualTo("4,269.90");
        assertThat(shown(EN, FieldTypes.DECIMAL, null, new BigDecimal("4269.9876")))
                .isEqualTo("4,269.9876");
        assertThat(shown(EN, FieldTypes.INTEGER, null, 1986L)).isEqualTo("1986");
        assertThat(shown(EN, FieldTypes.INTEGER, null, 10083L)).isEqualTo("10,083");
    }

    @Test
    void showsNumbersAsTheirDefinitionWants() {
        assertThat(shown(EN, FieldTypes.INTEGER, style("compact"), 1234567L)).isEqualTo("1.2M");
        assertThat(shown(ZH, FieldTypes.INTEGER, style("compact"), 1234567L)).isEqualTo("123.5万");
        assertThat(shown(EN, FieldTypes.INTEGER, style("plain"), 1234567L)).isEqualTo("1234567");
        assertThat(shown(EN, FieldTypes.DECIMAL, decimals(1), new BigDecimal("12345.678")))
                .isEqualTo("12,345.7");
        assertThat(shown(EN, FieldTypes.PERCENT, decimals(0), new BigDecimal("12.5")))
                .isEqualTo("13%");
        assertThat(shown(EN, FieldTypes.MONEY, decimals(0), new BigDecimal("1234.50")))
                .isEqualTo("$1,235");
        assertThat(shown(EN, FieldTypes.MONEY, style("compact"), new BigDecimal("1234567")))
                .isEqualTo("$1.2M");
    }

    @Test
    void showsDaysAndMoments() {
        assertThat(shown(EN, FieldTypes.DATE, null, DAY)).isEqualTo("31 Jan 2026");
        assertThat(shown(EN, FieldTypes.DATE, style("month"), DAY)).isEqualTo("January 2026");
        assertThat(shown(ZH, FieldTypes.DATE, style("month"), DAY)).isEqualTo("2026年1月");
        assertThat(shown(EN, FieldTypes.DATE, style("short"), DAY)).isEqualTo("31/01/2026");
        assertThat(shown(EN, FieldTypes.DATE, style("year"), DAY)).isEqualTo("2026");
        assertThat(shown(ZH, FieldTypes.DATETIME, style("day"), MOMENT)).isEqualTo("2026年11月19日");
        assertThat(shown(EN, FieldTypes.DATETIME, null, MOMENT)).isEqualTo("18 Nov 2026 21:30");
        assertThat(shown(EN, FieldTypes.DATETIME, style("short"), MOMENT)).isEqualTo("18/11/2026 21:30");
        assertThat(shown(ZH, FieldTypes.DATETIME, style("long"), MOMENT)).isEqualTo("2026年11月19日星期四 10:30");
        assertThat(shown(EN, FieldTypes.DATETIME, style("relative"), MOMENT))
                .as("how long ago is true for no time")
                .isEqualTo("18 Nov 2026 21:30");
    }

    @Test
    void putsLettersAndDigitsIntoAMaskThatTheyFill() {
        assertThat(shown(EN, FieldTypes.TEXT, new DisplayFormat(null, null, "###-##-####"), "123456789"))
                .isEqualTo("123-45-6789");
        assertThat(shown(EN, FieldTypes.TEXT, new DisplayFormat(null, null, "## ##"), "a1中2"))
                .isEqualTo("a1 中2");
        assertThat(shown(EN, FieldTypes.TEXT, new DisplayFormat(null, null, "###"), "12"))
                .isEqualTo("12");
    }
}
