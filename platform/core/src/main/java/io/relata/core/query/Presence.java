package io.relata.core.query;

/// Tells whether a filter lets only records through that have a property, so that the rest need not be looked for.
final class Presence {

    private Presence() {}

    static boolean implied(Filter filter, Value.Path path) {
        return switch (filter) {
            case Filter.And and -> and.parts().stream().anyMatch(part -> implied(part, path));
            case Filter.Or or -> or.parts().stream().allMatch(part -> implied(part, path));
            case Filter.Compare compare -> implied(compare, path);
            case Filter.In in ->
                in.value().equals(path) && in.choices().stream().noneMatch(Value.Literal.NULL::equals);
            case Filter.Match match -> match.text().equals(path);
            case Filter.Fits fits -> fits.text().equals(path);
            case Filter.Has has -> has.list().equals(path);
            case Filter.Only only -> false;
            case Filter.Within within -> within.point().equals(path);
            case Filter.Holds holds -> holds.value().equals(path);
            case Filter.Not not -> false;
            case Filter.Some some -> false;
            case Filter.Every every -> false;
            case Filter.Best best -> false;
            case Filter.Standing standing -> false;
        };
    }

    private static boolean implied(Filter.Compare compare, Value.Path path) {
        Value other = compare.left().equals(path) ? compare.right() : compare.left();
        boolean about = compare.left().equals(path) || compare.right().equals(path);
        return about
                && switch (compare.operator()) {
                    case EQUAL -> other instanceof Value.Literal && !other.equals(Value.Literal.NULL);
                    case NOT_EQUAL -> other.equals(Value.Literal.NULL);
                    case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
                };
    }
}
