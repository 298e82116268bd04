package io.relata.bench;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.ODataBody;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;

/// What formulas cost for a record: written, listed, filtered by, and over a lookup; the same entity without, in turns.
final class FormulaBench {

    private static final int FORMULAS = 10;
    private static final int ROUNDS = 7;
    private static final int PAGE = 1_000;
    private static final int PARENTS = 100;
    private static final List<String> EXPRESSIONS = List.of(
            "c_amount * (1 - ifEmpty(c_rate, 0) / 100)",
            "c_day < date('2026-06-01') && c_amount > 100 ? 'late ' + lower(c_name) : 'in time'",
            "round(c_amount / 7, 2) + month(c_day)",
            "startsWith(c_name, 'N1') || contains(c_name, '99')",
            "daysBetween(c_day, date('2026-12-31'))");

    private final LogicTenant tenant;
    private final int records;

    private FormulaBench(LogicTenant tenant, int records) {
        this.tenant = tenant;
        this.records = records;
    }

    /// Takes the folder for the database and how many records there are.
    public static void main(String[] arguments) throws Exception {
        int records = Math.min(100_000, Integer.parseInt(arguments[1]));
        try (LogicTenant tenant = LogicTenant.start(Path.of(arguments[0]), "formulas")) {
            new FormulaBench(tenant, records).run();
        }
    }

    private void run() throws SQLException {
        tenant.define("c_firm", "", """
                , {"name": "c_factor", "type": "decimal", "label": {"en": "Factor"}}
                """);
        List<UUID> firms = tenant.make("c_firm", PARENTS, number -> Map.of("c_name", "F" + number, "c_factor", 1.5));
        System.out.println("| what | without, µs a record | with, µs a record | µs a formula |\n|---|---|---|---|");
        define("c_none", formulas(0, false));
        define("c_virtual", formulas(FORMULAS, false));
        define("c_stored", formulas(FORMULAS, true));
        define("c_over", over());
        for (String name : List.of("c_none", "c_virtual", "c_stored", "c_over")) {
            write(name, firms, records - ROUNDS * PAGE);
        }
        tenant.database().execute("analyze");
        compare("made together, computed when read", "c_virtual", FORMULAS, name -> write(name, firms, PAGE));
        compare("made together, stored", "c_stored", FORMULAS, name -> write(name, firms, PAGE));
        String fields = IntStream.range(0, FORMULAS).mapToObj(i -> "c_f" + i).collect(Collectors.joining(","));
        compare("a page of 1,000", "c_virtual", FORMULAS, name -> list(name, PAGE, "", name, fields));
        compare("a page of 1,000, stored", "c_stored", FORMULAS, name -> list(name, PAGE, "", name, fields));
        compare("a page of 1,000, over a lookup", "c_over", 1, name -> list(name, PAGE, "", name, "c_f0"));
        compare("all counted that match one", "c_virtual", 1, name -> list(name, records, "c_amount gt 98", name, ""));
        compareWithHand();
    }

    /// The filter on a formula, and the same condition as somebody would write it who knows where the values are.
    private void compareWithHand() {
        double[] hand = new double[ROUNDS];
        double[] formula = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = time(name -> countByHand(), "");
            double second = time(name -> list(name, records, "c_amount gt 98", name, ""), "c_virtual");
            if (round >= 0) {
                hand[round] = first;
                formula[round] = second;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%ncounted by hand %.1f ms, by the formula %.1f ms: %.2f%n",
                Rounds.median(hand) / 1e3,
                Rounds.median(formula) / 1e3,
                Rounds.median(formula) / Rounds.median(hand));
    }

    private void countByHand() {
        EntityDefinition entity = tenant.relata()
                .metadata()
                .snapshot(tenant.call().tenant())
                .entity("c_virtual")
                .orElseThrow();
        String statement = "select count(*) from relata." + entity.table()
                + " where tenant_id = {0} and entity_id = {1} and state = 0 and "
                + slot(entity, "c_amount") + " / 100.0 * (1 - coalesce("
                + slot(entity, "c_rate") + " / 100.0, 0) / 100) > 98";
        tenant.relata()
                .transactions()
                .read(
                        tenant.call().tenant(),
                        sql -> sql.fetchOne(statement, DSL.val(tenant.call().tenant()), DSL.val(entity.id())));
    }

    private static String slot(EntityDefinition entity, String field) {
        return Objects.requireNonNull(entity.field(field).orElseThrow().slot());
    }

    private interface Work {
        void run(String entity);
    }

    private void compare(String what, String with, int formulas, Work work) {
        double[] plain = new double[ROUNDS];
        double[] computed = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = time(work, "c_none");
            double second = time(work, with);
            if (round >= 0) {
                plain[round] = first;
                computed[round] = second;
            }
        }
        int each = what.startsWith("all") ? records : PAGE;
        double one = Rounds.median(plain) / each;
        double other = Rounds.median(computed) / each;
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", what, one, other, (other - one) / formulas);
    }

    private static double time(Work work, String entity) {
        long begin = System.nanoTime();
        work.run(entity);
        return (System.nanoTime() - begin) / 1e3;
    }

    private void define(String name, String formulas) {
        tenant.define(name, "", """
                , {"name": "c_firm", "type": "lookup", "target": "c_firm", "label": {"en": "Firm"}}
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                , {"name": "c_rate", "type": "percent", "label": {"en": "Rate"}}
                , {"name": "c_day", "type": "date", "label": {"en": "Day"}}%s
                """.formatted(formulas));
    }

    private static String formulas(int count, boolean stored) {
        return IntStream.range(0, count)
                .mapToObj(i -> formula("c_f" + i, EXPRESSIONS.get(i % EXPRESSIONS.size()), stored))
                .collect(Collectors.joining());
    }

    private static String over() {
        return formula("c_f0", "c_amount * c_firm.c_factor", false);
    }

    private static String formula(String name, String expression, boolean stored) {
        return """
                , {"name": "%s", "type": "formula", "expression": "%s", "stored": %s, "label": {"en": "F"}}
                """.formatted(name, expression, stored);
    }

    private void write(String name, List<UUID> firms, int count) {
        tenant.make(
                name,
                count,
                number -> Map.of(
                        "c_name",
                        "N" + number,
                        "c_firm_id",
                        firms.get(number % PARENTS).toString(),
                        "c_amount",
                        number % 997,
                        "c_rate",
                        number % 20,
                        "c_day",
                        "2026-0" + (1 + number % 9) + "-15"));
    }

    /// Lists records with the formulas, or counts all that match one; the twin without lists the same without.
    private void list(String set, int top, String filter, String name, String formulas) {
        boolean plain = name.equals("c_none");
        String options = filter.isEmpty()
                ? "$select=c_name,c_amount" + (plain || formulas.isEmpty() ? "" : "," + formulas) + "&$top=" + top
                : "$top=0&$count=true&$filter="
                        + URLEncoder.encode(plain ? filter : "c_f0 gt 98", StandardCharsets.UTF_8);
        try {
            ODataBody body = tenant.odata().list(tenant.call(), set + "s", options);
            body.writeTo(OutputStream.nullOutputStream());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
