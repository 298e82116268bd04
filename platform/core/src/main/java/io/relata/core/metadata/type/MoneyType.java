package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An amount of money: in the currency that another field of the record names, else in that of the definition, else
/// in the tenant's.
final class MoneyType extends DecimalType {

    MoneyType() {
        super("money", Setting.CURRENCY, Setting.CURRENCY_FIELD);
    }

    /// Without another word an amount has as many decimals as its currency.
    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        String code = input.optionalText(Setting.CURRENCY.name());
        Optional<Currency> currency = Optional.ofNullable(code).flatMap(CurrencyType::named);
        if (code != null && currency.isEmpty()) {
            input.reject(Setting.CURRENCY.name(), "currency-unknown");
        }
        int decimals = currency.map(Currency::getDefaultFractionDigits).orElse(DEFAULT_SCALE);
        return readSettings(input, decimals)
                .with(Setting.CURRENCY, code)
                .with(Setting.CURRENCY_FIELD, input.optionalText(Setting.CURRENCY_FIELD.name()));
    }

    @Override
    public void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        String name = field.settings().get(Setting.CURRENCY_FIELD);
        FieldDefinition currency = name == null ? null : fields.get(name);
        if (name != null && (currency == null || !(currency.type() instanceof CurrencyType))) {
            input.reject(Setting.CURRENCY_FIELD.name(), "currency-field-wrong");
        }
    }

    @Override
    public List<String> neighbours(FieldDefinition field) {
        String currency = field.settings().get(Setting.CURRENCY_FIELD);
        return currency == null ? List.of() : List.of(currency);
    }

    /// There is no half yen.
    @Override
    public Optional<Wrong> checkBeside(FieldDefinition field, Object value, Function<String, @Nullable Object> values) {
        String name = field.settings().get(Setting.CURRENCY_FIELD);
        Object code = name == null ? null : values.apply(name);
        return Optional.ofNullable(code)
                .flatMap(text -> CurrencyType.named(text.toString()))
                .map(Currency::getDefaultFractionDigits)
                .filter(decimals -> ((BigDecimal) value).stripTrailingZeros().scale() > decimals)
                .map(decimals -> Wrong.of("too-many-decimals", decimals));
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        String code = field.settings().get(Setting.CURRENCY);
        return Shown.money(value, code == null ? context.currency().getCurrencyCode() : code, context.locale());
    }
}
