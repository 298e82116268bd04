package io.relata.bench;

import io.relata.core.automation.Automation;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind;
import io.relata.core.job.Job;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// What it costs to have records changed by an automation: many at once, beside one job that changes them all; and how
/// long after a single change the step is done while others are at work.
final class AutomationBench {

    private static final int ROUNDS = 5;
    private static final int SINGLE = 400;
    private static final long PACE_NANOS = 50_000_000;

    private final LogicTenant tenant;

    private AutomationBench(LogicTenant tenant) {
        this.tenant = tenant;
    }

    /// Takes the folder for the database and how many records are changed at once.
    public static void main(String[] arguments) throws Exception {
        int records = Math.min(100_000, Integer.parseInt(arguments[1]));
        try (LogicTenant tenant = LogicTenant.start(Path.of(arguments[0]), "automations")) {
            AutomationBench bench = new AutomationBench(tenant);
            bench.define();
            tenant.work().automations().start();
            bench.many(records);
            bench.single();
        }
    }

    private void define() {
        for (String name : List.of("c_job", "c_rule", "c_one")) {
            tenant.define(name, "", """
                    , {"name": "c_mark", "type": "integer", "label": {"en": "Mark"}}
                    , {"name": "c_note", "type": "text", "label": {"en": "Note"}}
                    , {"name": "c_sum", "type": "money", "label": {"en": "Sum"}}
                    """);
        }
        automation("c_rule");
        automation("c_one");
    }

    /// Takes on what got a new mark, if it is worth it, and writes a note.
    private Automation automation(String entity) {
        return tenant.relata()
                .transactions()
                .call(
                        tenant.call(),
                        sql -> tenant.relata().automations().create(sql, tenant.call(), LogicTenant.json("""
                        {"name": "Bench", "entity": "%s", "trigger": {"on": "updated", "fields": ["c_mark"]},
                         "condition": "c_sum > 10", "steps": [
                           {"do": "update", "formulas": {"c_note": "c_name + ' is marked'", "c_sum": "c_sum + 1"}}]}
                        """.formatted(
                                        entity))));
    }

    private void many(int records) throws SQLException, InterruptedException {
        fill("c_job", records);
        fill("c_rule", records);
        tenant.database().execute("analyze");
        double[] job = new double[ROUNDS];
        double[] rule = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = change("c_job", "c_note", "round " + round);
            double second = change("c_rule", "c_mark", round + 10) + followed(records, round + 2);
            if (round >= 0) {
                job[round] = first;
                rule[round] = second;
            }
        }
        double one = Rounds.median(job);
        double other = Rounds.median(rule);
        System.out.printf(
                Locale.ROOT,
                "%d records: a job changes %.0f in a second; a job, and behind it an automation, %.0f: %.2f times its time%n",
                records,
                records / one * 1_000,
                records / other * 1_000,
                other / one);
    }

    private void fill(String entity, int records) {
        tenant.make(
                entity, records, number -> Map.of("c_name", "N" + number, "c_mark", 1, "c_sum", 50, "c_note", "new"));
    }

    /// Changes all of an entity's records by one job, and returns how long that took.
    private double change(String entity, String field, Object value) throws InterruptedException {
        String set =
                tenant.relata().seen(tenant.call()).entity(entity).orElseThrow().setName();
        String json = value instanceof String text ? "\"" + text + "\"" : value.toString();
        SetJobs jobs = tenant.work().sets();
        SetJobs.Checked checked = jobs.check(
                tenant.call(),
                new SetJobs.Wish(
                        SetKind.Operation.UPDATE,
                        set,
                        "c_name ne ''",
                        LogicTenant.json("{\"" + field + "\": " + json + "}")));
        long begin = System.nanoTime();
        UUID id = tenant.relata()
                .writer()
                .transaction(tenant.call(), tx -> jobs.submit(tx, checked))
                .id();
        tenant.work().jobs().wake(tenant.call().tenant());
        Job job = tenant.work().jobs().find(tenant.call(), id, null);
        while (job.state() == Job.State.QUEUED || job.state() == Job.State.RUNNING) {
            Thread.sleep(5);
            job = tenant.work().jobs().find(tenant.call(), id, null);
        }
        if (job.state() != Job.State.DONE || job.counts().updated() == 0) {
            throw new IllegalStateException(job.toString());
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /// Returns how much longer it takes until the automation has come to the end of all, in so many rounds.
    private double followed(int records, int rounds) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        long wanted = (long) records * rounds;
        while (done("c_rule") < wanted) {
            Thread.sleep(5);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private long done(String entity) throws SQLException {
        UUID id =
                tenant.relata().seen(tenant.call()).entity(entity).orElseThrow().id();
        return Long.parseLong(tenant.database()
                .column("select done from relata.automation where entity_id = '" + id + "'")
                .getFirst());
    }

    /// Twenty changes in a second, each of which is followed on its own.
    private void single() throws SQLException, InterruptedException {
        List<UUID> ids = tenant.make(
                "c_one", SINGLE, number -> Map.of("c_name", "N" + number, "c_mark", 1, "c_sum", 50, "c_note", "new"));
        long next = System.nanoTime();
        for (UUID id : ids) {
            tenant.relata().writer().update(tenant.call(), "c_one", id, null, Map.of("c_mark", 2));
            next += PACE_NANOS;
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
        while (done("c_one") < SINGLE) {
            Thread.sleep(20);
        }
        double[] lags = tenant
                .database()
                .column("select extract(epoch from max(at) filter (where cause is not null)"
                        + " - max(at) filter (where cause is null)) * 1000 from relata.audit where record_id in ('"
                        + String.join("','", ids.stream().map(UUID::toString).toList())
                        + "') and action = 'update' group by record_id")
                .stream()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%d single changes, 20 in a second: the step is done after %.0f ms (median), %.0f ms (95th percentile)%n",
                lags.length,
                Rounds.median(Arrays.copyOf(lags, lags.length)),
                lags[(int) (lags.length * 0.95)]);
    }
}
