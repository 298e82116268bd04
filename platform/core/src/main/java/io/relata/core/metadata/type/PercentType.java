package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.spi.CallContext;

/// So many of a hundred: 12.5 is 12.5 %.
final class PercentType extends DecimalType {

    PercentType() {
        super("percent");
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Shown.percent(value, context.locale()) + unit();
    }

    @Override
    String unit() {
        return "%";
    }
}
