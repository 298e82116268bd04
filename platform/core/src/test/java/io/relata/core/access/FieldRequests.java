package io.relata.core.access;

import static io.relata.core.access.FieldWorld.COUNT;
import static io.relata.core.access.FieldWorld.PERSONS;
import static io.relata.core.access.FieldWorld.TEAMS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes up requests: of every kind, with every option, with names that are hidden, masked, shown and missing, and with
/// values that hidden fields have.
final class FieldRequests {

    private static final List<String> NUMBERS = List.of("c_age", "c_double", "c_team/c_heads");
    private static final List<String> HIDDEN_NUMBERS =
            List.of("c_salary", "c_bonus", "c_twice", "c_kept", "c_of", "c_team/c_total", "c_team/c_rich", "c_absent");
    private static final List<String> TEXTS =
            List.of("c_name", "c_city", "c_code", "c_note", "c_iban", "c_team/c_name");
    private static final List<String> HIDDEN_TEXTS =
            List.of("c_secret", "c_badge", "c_end", "c_sponsor/c_name", "c_absent");
    private static final List<String> LOOKUPS = List.of("c_team", "c_sponsor");
    private static final List<String> WORDS = List.of(
            "orchid",
            "walnut",
            "falcon",
            "Leipzig",
            "Leipzg",
            "Person",
            "orchd",
            "DE1",
            "4711",
            "Dresden",
            "B7",
            "17",
            "NOT falcon",
            "Person OR walnut",
            "\"orchid falcon\"");

    private final Random random;

    FieldRequests(Random random) {
        this.random = random;
    }

    /// The ways to ask.
    enum Kind {
        LIST,
        GET,
        COUNT,
        SEARCH,
        HISTORY,
        FEED,
        EXPORT,
        UPDATE,
        REPLACE,
        UPSERT,
        CREATE,
        BULK,
        IMPORT,
        VIEW,
        MODEL
    }

    /// @param text  the query, the words, or the body
    /// @param about the set, the record or the key that it is about
    record Request(Kind kind, String about, String text) {}

    Request next() {
        int roll = random.nextInt(100);
        if (roll < 55) {
            boolean persons = random.nextInt(4) > 0;
            return new Request(Kind.LIST, persons ? PERSONS : TEAMS, persons ? persons() : teams());
        }
        if (roll < 60) {
            return new Request(Kind.GET, record(), chance(2) ? "$select=" + names() : expand());
        }
        if (roll < 64) {
            return new Request(Kind.COUNT, PERSONS, "$filter=" + condition(2));
        }
        if (roll < 72) {
            return new Request(Kind.SEARCH, chance(2) ? PERSONS : "", one(WORDS));
        }
        if (roll < 76) {
            return new Request(Kind.HISTORY, record(), "");
        }
        if (roll < 78) {
            return new Request(Kind.FEED, PERSONS, "");
        }
        if (roll < 80) {
            return new Request(
                    Kind.EXPORT,
                    PERSONS,
                    "$filter=" + condition(1) + "&$orderby=" + any() + "&$expand=c_team($select=c_name)");
        }
        return write(roll);
    }

    private Request write(int roll) {
        if (roll < 84) {
            return new Request(Kind.UPDATE, record(), body());
        }
        if (roll < 87) {
            return new Request(Kind.REPLACE, record(), "c_name=Person " + letter() + "&" + body());
        }
        if (roll < 90) {
            return new Request(Kind.UPSERT, key(), body());
        }
        if (roll < 93) {
            return new Request(
                    Kind.CREATE, PERSONS, "c_name=Person " + letter() + "&" + body().replaceAll("&?c_note=[^&]*", ""));
        }
        if (roll < 95) {
            return new Request(Kind.BULK, record(), body());
        }
        if (roll < 97) {
            return new Request(
                    Kind.IMPORT,
                    one(List.of("c_code", "c_badge", "c_iban", "c_name")),
                    one(List.of("c_age", "c_salary")));
        }
        return chance(2)
                ? new Request(Kind.MODEL, "", "")
                : new Request(Kind.VIEW, text(), chance(2) ? condition(1) : "c_name eq 'x'");
    }

    private String persons() {
        List<String> options = new ArrayList<>();
        if (chance(4)) {
            return "$apply=" + apply();
        }
        if (chance(2)) {
            options.add("$filter=" + condition(3));
        }
        if (chance(2)) {
            options.add("$orderby=" + any() + (chance(2) ? " desc" : "") + (chance(2) ? ",c_name" : ""));
        }
        if (chance(3)) {
            options.add("$select=" + names());
        }
        if (chance(3)) {
            options.add(expand());
        }
        if (chance(3)) {
            options.add("$search=" + one(WORDS));
        }
        if (chance(3)) {
            options.add("$count=true");
        }
        if (chance(3)) {
            options.add("$top=" + (1 + random.nextInt(5)) + "&$skip=" + random.nextInt(5));
        }
        if (chance(6)) {
            options.add("$compute=" + number() + " add 1 as x");
        }
        return String.join("&", options);
    }

    private String teams() {
        return switch (random.nextInt(5)) {
            case 0 -> "$filter=c_persons/any(p:" + inside() + ")";
            case 1 -> "$filter=c_persons/$count($filter=" + condition(1) + ") gt 2";
            case 2 -> "$expand=c_persons($filter=" + condition(1) + ";$orderby=" + any() + ",c_name;$count=true)";
            case 3 -> "$orderby=" + one(List.of("c_total", "c_heads", "c_rich", "c_sponsored", "c_name"));
            default -> "$filter=c_persons_c_sponsor/any()&$expand=c_persons_c_sponsor";
        };
    }

    private String inside() {
        String name = number();
        return "p/" + name + " gt " + random.nextInt(120);
    }

    private String expand() {
        String options = switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> "($select=" + one(List.of("c_name", "c_total", "c_heads")) + ")";
            default -> "($filter=" + one(List.of("c_total", "c_heads")) + " gt " + random.nextInt(9) + ")";
        };
        return "$expand=" + one(LOOKUPS) + options;
    }

    private String apply() {
        String key = any();
        String number = number();
        String by = one(List.of("sum", "min", "max", "average", "countdistinct"));
        return switch (random.nextInt(5)) {
            case 0 -> "groupby((" + key + "),aggregate($count as n))";
            case 1 -> "aggregate(" + number + " with " + by + " as m,$count as n)";
            case 2 -> "filter(" + condition(2) + ")/aggregate($count as n)";
            case 3 -> "groupby((c_city),aggregate(" + number + " with " + by + " as m))";
            default -> "compute(" + number + " mul 2 as x)/aggregate(x with max as m)";
        };
    }

    private String condition(int depth) {
        if (depth > 0 && chance(3)) {
            return "(" + condition(depth - 1) + one(List.of(" and ", " or ")) + condition(depth - 1) + ")";
        }
        if (depth > 0 && chance(6)) {
            return "not (" + condition(depth - 1) + ")";
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> number() + one(List.of(" eq ", " gt ", " le ", " ne ")) + random.nextInt(140);
            case 2 -> text() + one(List.of(" eq ", " gt ", " ne ")) + "'" + value() + "'";
            case 3 -> one(List.of("contains", "startswith", "endswith")) + "(" + text() + ",'" + value() + "')";
            case 4 -> any() + one(List.of(" eq null", " ne null"));
            default -> text() + " in ('" + value() + "','" + value() + "')";
        };
    }

    private String body() {
        List<String> members = new ArrayList<>();
        if (chance(2)) {
            members.add("c_age=" + (20 + random.nextInt(9)));
        }
        if (chance(4)) {
            members.add("c_salary=" + random.nextInt(140));
        }
        if (chance(6)) {
            members.add("c_city=Halle");
        }
        if (chance(6)) {
            members.add("c_iban=" + value());
        }
        if (chance(6)) {
            members.add("c_badge=B" + random.nextInt(COUNT));
        }
        if (chance(4)) {
            members.add("c_team_id={r" + random.nextInt(3) + "}");
        }
        members.add("c_note=note " + letter());
        return String.join("&", members);
    }

    private String key() {
        return switch (random.nextInt(4)) {
            case 0 -> "c_badge=B" + random.nextInt(COUNT + 2);
            case 1 -> "c_iban=" + value();
            default -> "c_code=C" + random.nextInt(COUNT + 4);
        };
    }

    private String value() {
        int i = random.nextInt(COUNT);
        return switch (random.nextInt(7)) {
            case 0 -> FieldWorld.secret(i, 0);
            case 1 -> FieldWorld.secret(i, 1);
            case 2 -> "DE" + (1000 + i) + "4711" + (1000 + i);
            case 3 -> "••••" + (1000 + i);
            case 4 -> "B" + i;
            case 5 -> one(List.of("Red", "Blue", "Leipzig", "DE", "orchid"));
            default -> "Person " + letter();
        };
    }

    private String record() {
        return "{r" + (3 + random.nextInt(COUNT)) + "}";
    }

    private String letter() {
        return String.valueOf((char) ('A' + random.nextInt(COUNT)));
    }

    private String names() {
        return any().replaceAll("/.*", "") + "," + text().replaceAll("/.*", "");
    }

    private String number() {
        return one(chance(5) ? HIDDEN_NUMBERS : NUMBERS);
    }

    private String text() {
        return one(chance(5) ? HIDDEN_TEXTS : TEXTS);
    }

    private String any() {
        return chance(2) ? number() : text();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }
}
