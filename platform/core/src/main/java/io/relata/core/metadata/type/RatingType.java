package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.spi.CallContext;
import java.math.BigDecimal;

/// So many stars out of a few.
final class RatingType extends IntegerType {

    private static final int MOST = 10;
    private static final int USUAL = 5;

    RatingType() {
        super("rating", Setting.MAX);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        int stars = input.number(Setting.MAX.name(), USUAL, 2, MOST);
        return FieldSettings.NONE.with(Setting.MIN, BigDecimal.ONE).with(Setting.MAX, BigDecimal.valueOf(stars));
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return 2L;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return value + "/" + (field.max() == null ? USUAL : field.max().toPlainString());
    }

    @Override
    public DisplayFormat.Family displayed() {
        return DisplayFormat.Family.OTHER;
    }
}
