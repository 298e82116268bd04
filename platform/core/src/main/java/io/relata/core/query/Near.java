package io.relata.core.query;

import io.relata.core.metadata.GeoPoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// A condition that a point is near another: what lies far away in either direction need not be looked at.
///
/// @param box holds all that can be near enough, and more
record Near(Value.Path point, GeoBox box) {

    /// A little less than a degree has, so that the box is never too small.
    private static final double METRES_A_DEGREE = 111_000;

    /// From here on the box is as good as the earth.
    private static final double FAR = 5_000_000;

    /// Returns what a comparison says; nothing when it says something else.
    static Optional<Near> of(Value left, Filter.Operator operator, Value right) {
        boolean below = operator == Filter.Operator.LESS || operator == Filter.Operator.LESS_OR_EQUAL;
        if (!below
                || !(left instanceof Value.Call call)
                || call.function() != Function.DISTANCE
                || !(right instanceof Value.Literal metres)
                || metres.value() == null) {
            return Optional.empty();
        }
        double reach = new BigDecimal(metres.value().toString()).doubleValue();
        List<Value> points = call.arguments();
        return between(points.get(0), points.get(1), reach).or(() -> between(points.get(1), points.get(0), reach));
    }

    private static Optional<Near> between(Value asked, Value given, double metres) {
        if (asked instanceof Value.Path path
                && given instanceof Value.Literal literal
                && literal.value() instanceof GeoPoint centre
                && metres >= 0
                && metres < FAR) {
            return Optional.of(new Near(path, box(centre, metres)));
        }
        return Optional.empty();
    }

    private static GeoBox box(GeoPoint centre, double metres) {
        double million = GeoPoint.MILLION;
        double high = metres / METRES_A_DEGREE * million + 1;
        double north = centre.latitude() + high;
        double south = centre.latitude() - high;
        double furthest = Math.max(Math.abs(north), Math.abs(south));
        if (furthest >= GeoPoint.NORTH) {
            return new GeoBox(
                    (int) Math.max(south, -GeoPoint.NORTH),
                    -GeoPoint.EAST,
                    (int) Math.min(north, GeoPoint.NORTH),
                    GeoPoint.EAST);
        }
        double wide = high / Math.cos(Math.toRadians(furthest / million));
        if (wide >= GeoPoint.EAST) {
            return new GeoBox((int) south, -GeoPoint.EAST, (int) north, GeoPoint.EAST);
        }
        return new GeoBox(
                (int) south, around(centre.longitude() - wide), (int) north, around(centre.longitude() + wide));
    }

    private static int around(double longitude) {
        double turn = 2.0 * GeoPoint.EAST;
        return (int)
                (longitude < -GeoPoint.EAST
                        ? longitude + turn
                        : longitude > GeoPoint.EAST ? longitude - turn : longitude);
    }

    Condition around(Field<?> stored) {
        return box.around(stored.coerce(SQLDataType.BIGINT));
    }
}
