package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.core.problem.Messages;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place on the earth, by its latitude and longitude.
final class GeoType extends FieldType {

    private static final GeoPoint EXAMPLE = new GeoPoint(59_913_900, 10_752_200);
    private static final Pattern PAIR = Pattern.compile(
            "\\s*(-?[0-9]{1,3}(?:\\.[0-9]{1,15})?)\\s*[,，;\\s]\\s*(-?[0-9]{1,3}(?:\\.[0-9]{1,15})?)\\s*");

    GeoType() {
        super("geo", ValueKind.POINT);
    }

    /// Takes GeoJSON, and texts with the latitude before the longitude.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Optional<BigDecimal[]> degrees = input instanceof Map<?, ?> json ? coordinates(json) : pair(input);
        if (input instanceof GeoPoint) {
            return new Parsed.Value(input);
        }
        if (degrees.isEmpty()) {
            return Wrong.of("expects-point");
        }
        BigDecimal latitude = degrees.get()[0];
        BigDecimal longitude = degrees.get()[1];
        return outside(latitude, 90) || outside(longitude, 180)
                ? Wrong.of("point-not-on-earth")
                : new Parsed.Value(GeoPoint.of(latitude, longitude));
    }

    private static Optional<BigDecimal[]> coordinates(Map<?, ?> json) {
        boolean point = "Point".equals(json.get("type"));
        if (!point || !(json.get("coordinates") instanceof List<?> list) || list.size() != 2) {
            return Optional.empty();
        }
        Optional<BigDecimal> longitude = Optional.ofNullable(list.get(0)).flatMap(Numbers::read);
        Optional<BigDecimal> latitude = Optional.ofNullable(list.get(1)).flatMap(Numbers::read);
        return longitude.flatMap(east -> latitude.map(north -> new BigDecimal[] {north, east}));
    }

    private static Optional<BigDecimal[]> pair(Object input) {
        Matcher pair = PAIR.matcher(input instanceof String text ? text : "");
        return pair.matches()
                ? Optional.of(new BigDecimal[] {new BigDecimal(pair.group(1)), new BigDecimal(pair.group(2))})
                : Optional.empty();
    }

    private static boolean outside(BigDecimal degrees, int most) {
        return degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0;
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return EXAMPLE;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        GeoPoint point = (GeoPoint) value;
        String north = point.latitude() < 0 ? "geo.south" : "geo.north";
        String east = point.longitude() < 0 ? "geo.west" : "geo.east";
        return Messages.text(
                context.locale(),
                "geo.point",
                List.of(
                        Messages.text(
                                context.locale(),
                                north,
                                List.of(point.degreesNorth().abs().toPlainString())),
                        Messages.text(
                                context.locale(),
                                east,
                                List.of(point.degreesEast().abs().toPlainString()))));
    }
}
