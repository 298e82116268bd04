package io.relata.bench;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.query.RecordReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// What keeping roll-ups right costs a write: the same records written with and without, in turns, over all three ways
/// in which records count for others; and how long after a bulk the results are right.
final class RollUpBench {

    private static final int PARENTS = 200;
    private static final int ROUNDS = 7;
    private static final int SINGLE = 150;
    private static final int BULK = 1_000;

    private final LogicTenant tenant;

    private RollUpBench(LogicTenant tenant) {
        this.tenant = tenant;
    }

    /// Takes the folder for the database and how many records the bulk has.
    public static void main(String[] arguments) throws Exception {
        int children = Math.min(100_000, Integer.parseInt(arguments[1]));
        try (LogicTenant tenant = LogicTenant.start(Path.of(arguments[0]), "rollups")) {
            RollUpBench bench = new RollUpBench(tenant);
            System.out.println("| write | without, ms | with, ms | ratio | limit |\n|---|---|---|---|---|");
            bench.pointing();
            bench.tied();
            bench.tree();
            bench.bulk(children);
        }
    }

    /// A write, of an entity with roll-ups or of its twin without.
    private interface Write {
        void run(Twin twin, int number);
    }

    private record Twin(String name, List<UUID> parents, List<UUID> children) {

        String parent(int number) {
            return parents.get(number % parents.size()).toString();
        }

        UUID child(int number) {
            return children.get(number % children.size());
        }
    }

    private void compare(String what, int times, Twin plain, Twin kept, Write write) throws SQLException {
        tenant.database().execute("analyze");
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = run(plain, times, round, write);
            double second = run(kept, times, round, write);
            if (round >= 0) {
                without[round] = first;
                with[round] = second;
            }
        }
        double one = Rounds.median(without);
        double other = Rounds.median(with);
        System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | 1.5 |%n", what, one, other, other / one);
    }

    private static double run(Twin twin, int times, int round, Write write) {
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            write.run(twin, (round + 1) * times + i);
        }
        return (System.nanoTime() - begin) / 1e6 / times;
    }

    private static String rollUp(String name, String type, String rollUp) {
        return "{\"name\": \"%s\", \"type\": \"%s\", \"label\": {\"en\": \"R\"}, \"rollUp\": {%s}}"
                .formatted(name, type, rollUp);
    }

    private void pointing() throws SQLException {
        Twin plain = pointing("c_plain");
        Twin kept = pointing("c_kept");
        String of = "\"of\": \"c_kept_row\", \"by\": \"c_of\", ";
        countAndSum("c_kept", of);
        tenant.add(
                "c_kept",
                rollUp(
                        "c_big",
                        "money",
                        of + "\"function\": \"max\", \"field\": \"c_amount\", \"filter\": \"c_amount gt 10\""));
        compare("1:N, one record made", SINGLE, plain, kept, (twin, number) -> children(twin, number, 1));
        compare("1:N, 1,000 made together", 4, plain, kept, (twin, number) -> children(twin, number, BULK));
        compare(
                "1:N, an amount changed",
                SINGLE,
                plain,
                kept,
                (twin, number) -> change(twin.name() + "_row", twin.child(number), "c_amount", number % 977));
    }

    private Twin pointing(String name) {
        tenant.define(name, "", "");
        tenant.define(name + "_row", "", """
                , {"name": "c_of", "type": "lookup", "target": "%s", "label": {"en": "Of"}}
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                """.formatted(name));
        List<UUID> parents = tenant.make(name, PARENTS, number -> Map.of("c_name", "P" + number));
        Twin twin = new Twin(name, parents, List.of());
        return new Twin(name, parents, children(twin, 0, BULK));
    }

    private List<UUID> children(Twin twin, int first, int count) {
        return tenant.make(
                twin.name() + "_row",
                count,
                number -> Map.of(
                        "c_name",
                        "N" + number,
                        "c_of_id",
                        twin.parent(first + number),
                        "c_amount",
                        (first + number) % 50));
    }

    private void tied() throws SQLException {
        Twin plain = tied("c_loose");
        Twin kept = tied("c_bound");
        String through = "\"of\": \"c_bound_far\", \"through\": \"c_bound_tie\", \"by\": \"c_near\", ";
        countAndSum("c_bound", through);
        compare("N:N, a tie made", SINGLE, plain, kept, (twin, number) -> tie(twin, BULK + number, 1));
        compare(
                "N:N, an amount at the far side changed",
                SINGLE,
                plain,
                kept,
                (twin, number) ->
                        change(twin.name() + "_far", twin.children().get(number % BULK), "c_amount", number % 977));
        compare(
                "N:N, 500 ties made together",
                2,
                plain,
                kept,
                (twin, number) -> tie(twin, 3 * BULK + 500 * number, 500));
    }

    private Twin tied(String name) {
        tenant.define(name, "", "");
        tenant.define(name + "_far", "", """
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                """);
        tenant.define(name + "_tie", """
                , "link": [{"lookup": "c_near", "collection": "c_fars"}, {"lookup": "c_far", "collection": "c_nears"}]
                """, """
                , {"name": "c_near", "type": "lookup", "target": "%1$s", "required": true, "onDelete": "cascade", "label": {"en": "Near"}}
                , {"name": "c_far", "type": "lookup", "target": "%1$s_far", "required": true, "onDelete": "cascade", "label": {"en": "Far"}}
                """.formatted(name));
        Twin twin = new Twin(
                name,
                tenant.make(name, PARENTS, number -> Map.of("c_name", "P" + number)),
                tenant.make(
                        name + "_far", 20 * BULK, number -> Map.of("c_name", "F" + number, "c_amount", number % 50)));
        tie(twin, 0, BULK);
        return twin;
    }

    private void tie(Twin twin, int first, int count) {
        tenant.make(
                twin.name() + "_tie",
                count,
                number -> Map.of(
                        "c_name",
                        "T",
                        "c_near_id",
                        twin.parent(first + number),
                        "c_far_id",
                        twin.child(first + number).toString()));
    }

    private void tree() throws SQLException {
        Twin plain = tree("c_flat");
        Twin kept = tree("c_summed");
        String tree = "\"of\": \"c_summed\", \"by\": \"c_under\", \"tree\": true, ";
        countAndSum("c_summed", tree);
        compare("tree of four levels, a leaf made", SINGLE, plain, kept, (twin, number) -> leaves(twin, number, 1));
        compare("tree, 1,000 leaves made together", 2, plain, kept, (twin, number) -> leaves(twin, number, BULK));
        compare(
                "tree, an amount of a leaf changed",
                SINGLE,
                plain,
                kept,
                (twin, number) -> change(
                        twin.name(), twin.parents().get(number % twin.parents().size()), "c_amount", number % 977));
        compare(
                "tree, a leaf moved",
                SINGLE,
                plain,
                kept,
                (twin, number) -> change(
                        twin.name(),
                        twin.parents().get(number % twin.parents().size()),
                        "c_under_id",
                        twin.child(number * 7)));
    }

    private void change(String entity, UUID record, String field, Object value) {
        tenant.relata().writer().update(tenant.call(), entity, record, null, Map.of(field, value));
    }

    /// Adds a count and a sum of the amounts.
    private void countAndSum(String entity, String of) throws SQLException {
        tenant.add(entity, rollUp("c_count", "integer", of + "\"function\": \"count\""));
        tenant.add(entity, rollUp("c_sum", "money", of + "\"function\": \"sum\", \"field\": \"c_amount\""));
    }

    /// A top, ten under it, ten under each of those, and leaves: `children` are those above the leaves.
    private Twin tree(String name) {
        tenant.define(name, "", """
                , {"name": "c_under", "type": "lookup", "target": "%s", "hierarchical": true, "indexed": true, "label": {"en": "Under"}}
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                """.formatted(name));
        List<UUID> top = tenant.make(name, 1, number -> Map.of("c_name", "top"));
        List<UUID> middle = under(name, top, 10);
        List<UUID> low = under(name, middle, 100);
        return new Twin(name, under(name, low, BULK), low);
    }

    private List<UUID> under(String name, List<UUID> above, int count) {
        return tenant.make(
                name,
                count,
                number -> Map.of(
                        "c_name",
                        "N",
                        "c_under_id",
                        above.get(number % above.size()).toString(),
                        "c_amount",
                        number % 50));
    }

    private void leaves(Twin twin, int first, int count) {
        tenant.make(
                twin.name(),
                count,
                number -> Map.of(
                        "c_name",
                        "L",
                        "c_under_id",
                        twin.child(first + number).toString(),
                        "c_amount",
                        (first + number) % 50));
    }

    /// Makes very many children in transactions of a thousand and looks when the results are right; and fills a new
    /// roll-up over them.
    private void bulk(int children) throws InterruptedException {
        Twin kept = pointing("c_many");
        String of = "\"of\": \"c_many_row\", \"by\": \"c_of\", ";
        tenant.add("c_many", rollUp("c_count", "integer", of + "\"function\": \"count\""));
        long begin = System.nanoTime();
        children(kept, 0, children);
        long written = System.nanoTime();
        long right = kept.parents().stream().mapToLong(id -> count(kept, id)).sum();
        long read = System.nanoTime();
        if (right != children) {
            throw new IllegalStateException(right + " counted of " + children);
        }
        System.out.printf(
                Locale.ROOT,
                "%n%,d children made in %.1f s; right when the last was committed (all %d results read and added up in %.2f s)%n",
                children,
                (written - begin) / 1e9,
                PARENTS,
                (read - written) / 1e9);
        double filled = tenant.addAndFill(
                "c_many", rollUp("c_sum", "money", of + "\"function\": \"sum\", \"field\": \"c_amount\""));
        System.out.printf(Locale.ROOT, "A new roll-up over them was filled in %.1f s%n", filled / 1e3);
    }

    private long count(Twin twin, UUID id) {
        EntityDefinition entity = tenant.relata()
                .metadata()
                .snapshot(tenant.call().tenant())
                .entity(twin.name())
                .orElseThrow();
        Object count = new RecordReader(tenant.relata().transactions(), Duration.ofSeconds(10))
                .find(tenant.call(), entity, id)
                .orElseThrow()
                .value("c_count");
        return count instanceof Long number ? number : 0;
    }
}
