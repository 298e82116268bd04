package io.relata.core.odata;

import io.relata.core.metadata.GeoPoint;
import io.relata.core.query.GeoBox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads places as OData writes them: `SRID=4326;Point(12.57 55.68)`, and boxes as polygons of four corners.
final class Geography {

    private static final String NUMBER = "-?[0-9]{1,3}(?:\\.[0-9]{1,15})?";
    private static final String PAIR = "\\s*(" + NUMBER + ")\\s+(" + NUMBER + ")\\s*";
    private static final Pattern POINT = Pattern.compile("(?i)(?:SRID=4326;)?\\s*Point\\s*\\(" + PAIR + "\\)\\s*");
    private static final Pattern POLYGON =
            Pattern.compile("(?i)(?:SRID=4326;)?\\s*Polygon\\s*\\(\\s*\\(([-0-9.,\\s]{1,400})\\)\\s*\\)\\s*");
    private static final Pattern CORNER = Pattern.compile(PAIR);
    private static final int CORNERS = 5;

    private Geography() {}

    /// Returns a [GeoPoint] or a [GeoBox]; nothing when the text is neither.
    static Optional<Object> read(String text) {
        Matcher point = POINT.matcher(text);
        if (point.matches()) {
            return point(point).map(Object.class::cast);
        }
        Matcher polygon = POLYGON.matcher(text);
        return polygon.matches() ? box(polygon.group(1)).map(Object.class::cast) : Optional.empty();
    }

    private static Optional<GeoPoint> point(Matcher pair) {
        try {
            return Optional.of(GeoPoint.of(new BigDecimal(pair.group(2)), new BigDecimal(pair.group(1))));
        } catch (IllegalArgumentException | ArithmeticException notOnEarth) {
            return Optional.empty();
        }
    }

    private static Optional<GeoBox> box(String ring) {
        List<GeoPoint> corners = new ArrayList<>();
        for (String corner : ring.split(",", -1)) {
            Matcher pair = CORNER.matcher(corner);
            Optional<GeoPoint> point = pair.matches() ? point(pair) : Optional.empty();
            if (point.isEmpty()) {
                return Optional.empty();
            }
            corners.add(point.get());
        }
        return isBox(corners) ? Optional.of(box(corners)) : Optional.empty();
    }

    private static boolean isBox(List<GeoPoint> corners) {
        if (corners.size() != CORNERS || !corners.getFirst().equals(corners.getLast())) {
            return false;
        }
        for (int i = 1; i < CORNERS; i++) {
            boolean along = corners.get(i).latitude() == corners.get(i - 1).latitude();
            boolean across = corners.get(i).longitude() == corners.get(i - 1).longitude();
            if (along == across) {
                return false;
            }
        }
        return corners.stream().distinct().count() == CORNERS - 1;
    }

    private static GeoBox box(List<GeoPoint> corners) {
        TreeSet<Integer> latitudes = new TreeSet<>();
        TreeSet<Integer> longitudes = new TreeSet<>();
        corners.forEach(corner -> {
            latitudes.add(corner.latitude());
            longitudes.add(corner.longitude());
        });
        return new GeoBox(latitudes.first(), longitudes.first(), latitudes.last(), longitudes.last());
    }
}
