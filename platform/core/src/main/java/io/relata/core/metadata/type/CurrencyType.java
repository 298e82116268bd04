package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/// A currency, by its code (ISO 4217). Amounts of the same record may be in it.
public final class CurrencyType extends FieldType {

    CurrencyType() {
        super("currency", ValueKind.STRING);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Parsed parsed = Texts.parseStripped(input);
        return form == Form.TEXT && parsed instanceof Parsed.Value code
                ? new Parsed.Value(((String) code.value()).toUpperCase(Locale.ROOT))
                : parsed;
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return named((String) value).isPresent() ? Optional.empty() : Optional.of(Wrong.of("currency-unknown"));
    }

    /// Returns whether there is a currency of the code.
    public static boolean known(String code) {
        return named(code).isPresent();
    }

    static Optional<Currency> named(String code) {
        return Currency.availableCurrencies()
                .filter(currency -> currency.getCurrencyCode().equals(code) && currency.getDefaultFractionDigits() >= 0)
                .findFirst();
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return named((String) value)
                .map(currency -> currency.getDisplayName(context.locale()))
                .orElse((String) value);
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return "EUR";
    }
}
