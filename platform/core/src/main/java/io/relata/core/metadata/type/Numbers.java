package io.relata.core.metadata.type;

import io.relata.core.metadata.type.Parsed.Wrong;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// What all numbers have in common: they are exact, and at their scale they fit into a `bigint`.
public final class Numbers {

    /// The digits a `bigint` holds, at most.
    private static final int GREATEST_DIGITS = 19;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private Numbers() {}

    static Optional<BigDecimal> read(Object input) {
        return switch (input) {
            case BigDecimal decimal -> Optional.of(decimal);
            case BigInteger integer -> Optional.of(new BigDecimal(integer));
            case Long number -> Optional.of(BigDecimal.valueOf(number));
            case Integer number -> Optional.of(BigDecimal.valueOf(number));
            case Double number -> Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number)) : Optional.empty();
            case String text ->
                NUMBER.matcher(text.strip()).matches() ? Optional.of(new BigDecimal(text.strip())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// Returns the number with exactly so many digits after the decimal point.
    ///
    /// Looks at the number of digits before anything that takes time or memory in proportion to the exponent.
    public static Parsed atScale(BigDecimal number, int scale) {
        if (number.signum() == 0) {
            return new Parsed.Value(BigDecimal.ZERO.setScale(scale));
        }
        if ((long) number.precision() - number.scale() > GREATEST_DIGITS) {
            return Wrong.of("number-too-big");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > scale) {
            return Wrong.of("too-many-decimals", scale);
        }
        BigDecimal scaled = stripped.setScale(scale);
        return scaled.unscaledValue().bitLength() < Long.SIZE ? new Parsed.Value(scaled) : Wrong.of("number-too-big");
    }
}
