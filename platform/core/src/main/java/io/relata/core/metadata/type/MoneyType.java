package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.spi.CallContext;
import java.text.NumberFormat;

/// An amount of money.
final class MoneyType extends DecimalType {

    MoneyType() {
        super("money");
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        NumberFormat format = NumberFormat.getCurrencyInstance(context.locale());
        format.setCurrency(context.currency());
        format.setMinimumFractionDigits(field.scale());
        format.setMaximumFractionDigits(field.scale());
        return format.format(value);
    }
}
