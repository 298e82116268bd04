package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Exact numbers between the bounds that the definition sets.
abstract class NumberType extends FieldType {

    NumberType(String typeName, ValueKind kind, Setting<?>... settings) {
        super(typeName, kind, settings);
    }

    static FieldSettings readBounds(DefinitionInput input, FieldSettings settings) {
        BigDecimal min = input.decimal(Setting.MIN.name());
        BigDecimal max = input.decimal(Setting.MAX.name());
        int scale = settings.get(Setting.SCALE, 0);
        Stream.of(Optional.ofNullable(min), Optional.ofNullable(max))
                .flatMap(Optional::stream)
                .map(bound -> Numbers.atScale(bound, scale))
                .forEach(bound -> {
                    if (bound instanceof Wrong wrong) {
                        input.reject(
                                Setting.SCALE.name(),
                                wrong.code(),
                                wrong.arguments().toArray());
                    }
                });
        if (min != null && max != null && min.compareTo(max) > 0) {
            input.reject(Setting.MIN.name(), "too-big", max.toPlainString());
        }
        return settings.with(Setting.MIN, min).with(Setting.MAX, max);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        BigDecimal number = value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
        if (Numbers.atScale(number, field.scale()) instanceof Wrong wrong) {
            return Optional.of(wrong);
        }
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            return Optional.of(Wrong.of("too-small", field.min().toPlainString()));
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            return Optional.of(Wrong.of("too-big", field.max().toPlainString()));
        }
        return Optional.empty();
    }

    /// Returns ten, or the bound that is nearest to it.
    @Override
    public @Nullable Object example(FieldDefinition field, String text) {
        BigDecimal number = BigDecimal.TEN;
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            number = field.min();
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            number = field.max();
        }
        return number.setScale(field.scale(), RoundingMode.DOWN);
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return value instanceof Long
                ? Shown.whole(value, context.locale())
                : Shown.decimal(value, field.scale(), context.locale());
    }
}
