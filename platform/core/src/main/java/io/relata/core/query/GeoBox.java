package io.relata.core.query;

import io.relata.core.metadata.GeoPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// A part of the earth between two latitudes and two longitudes, edges included, in millionths of a degree; where the
/// west is greater than the east, it lies across the date line.
public record GeoBox(int south, int west, int north, int east) {

    /// Of an index that are walked: more would fit the box closer and cost more to plan.
    private static final int MOST_RANGES = 16;

    /// Bits of each coordinate.
    private static final int BITS = 29;

    /// Numbers of points, both included.
    private record Range(long first, long last) {}

    /// A square of 2^bits millionths of a degree.
    private record Square(long y, long x, int bits) {

        long side() {
            return 1L << bits;
        }

        Range range() {
            long first = GeoPoint.code(y, x);
            return new Range(first, first + (1L << (2 * bits)) - 1);
        }
    }

    /// Returns the condition that the point lies in the box.
    Condition holds(Field<Long> point) {
        return around(point)
                .and(DSL.condition(
                        "relata.geo_within({0}, {1}, {2}, {3}, {4})",
                        point, DSL.val(south), DSL.val(west), DSL.val(north), DSL.val(east)));
    }

    /// Returns a condition for which an index serves, and which all points in the box fulfil.
    Condition around(Field<Long> point) {
        return DSL.or(ranges().stream()
                .map(range -> point.between(range.first(), range.last()))
                .toList());
    }

    private List<Range> ranges() {
        Deque<Square> open = new ArrayDeque<>(List.of(new Square(0, 0, BITS)));
        List<Range> ranges = new ArrayList<>();
        while (!open.isEmpty()) {
            Square square = open.removeFirst();
            if (contains(square) || square.bits() == 0 || ranges.size() + open.size() + 4 > MOST_RANGES) {
                ranges.add(square.range());
                continue;
            }
            long half = square.side() / 2;
            for (int quarter = 0; quarter < 4; quarter++) {
                Square part = new Square(
                        square.y() + half * (quarter >> 1), square.x() + half * (quarter & 1), square.bits() - 1);
                if (meets(part)) {
                    open.addLast(part);
                }
            }
        }
        return merged(ranges);
    }

    private static List<Range> merged(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        ranges.sort((one, other) -> Long.compare(one.first(), other.first()));
        for (Range range : ranges) {
            if (!merged.isEmpty() && merged.getLast().last() + 1 == range.first()) {
                merged.add(new Range(merged.removeLast().first(), range.last()));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    private boolean meets(Square square) {
        return square.y() <= y(north)
                && square.y() + square.side() > y(south)
                && (west <= east
                        ? square.x() <= x(east) && square.x() + square.side() > x(west)
                        : square.x() <= x(east) || square.x() + square.side() > x(west));
    }

    private boolean contains(Square square) {
        return square.y() >= y(south)
                && square.y() + square.side() <= y(north) + 1
                && (west <= east
                        ? square.x() >= x(west) && square.x() + square.side() <= x(east) + 1
                        : square.x() >= x(west) || square.x() + square.side() <= x(east) + 1);
    }

    private static long y(int latitude) {
        return (long) latitude + GeoPoint.NORTH;
    }

    private static long x(int longitude) {
        return (long) longitude + GeoPoint.EAST;
    }
}
