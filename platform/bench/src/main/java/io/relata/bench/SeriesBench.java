package io.relata.bench;

import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataFormat;
import io.relata.core.odata.ODataService;
import io.relata.core.plan.PlanService;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How the cost of a get and of a list of 50 grows: with the tenants, with the fields of an entity, with the depth of a
/// page.
final class SeriesBench implements AutoCloseable {

    private static final int RECORDS = 200;
    private static final int TIMES = 600;
    private static final int WARMING = 2_000;
    private static final String LIST = "$filter=" + encoded("stage eq 'won'") + "&$orderby=amount%20desc&$top=50";

    private final BenchDatabase database;
    private final PooledConnections pool;
    private final Relata relata;
    private final ODataService odata;

    private SeriesBench(BenchDatabase database) {
        this.database = database;
        this.pool = new PooledConnections(database.application());
        this.relata = Relata.start(new Relata.Settings(
                pool, Clock.systemUTC(), database.plugins(), database.plugins().resolveSibling("files")));
        this.odata = new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofMinutes(1)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
    }

    /// Takes the folder for the database, and the greatest number of tenants.
    public static void main(String[] arguments) throws Exception {
        BenchDatabase database = BenchDatabase.start(Path.of(arguments[0]).toAbsolutePath(), "series");
        try (SeriesBench bench = new SeriesBench(database)) {
            System.out.println("| series | get, ms | list 50, ms |\n|---|---|---|");
            for (int tenants : List.of(10, 500, 5_000)) {
                bench.tenants(tenants);
            }
            for (int fields : List.of(10, 100, 500)) {
                bench.fields(fields);
            }
            bench.depth();
        } finally {
            database.postgres().stop();
        }
    }

    private void tenants(int tenants) throws Exception {
        load(tenants);
        CallContext call = call(Load.tenant(5));
        int[] next = {0};
        print(
                String.format(Locale.ROOT, "%,d tenants of %d records", tenants, RECORDS),
                () -> odata.get(call, "opportunities", Load.record(5, 1 + next[0]++ % RECORDS), null)
                        .body()
                        .writeTo(OutputStream.nullOutputStream()),
                () -> odata.list(call, "opportunities", LIST).writeTo(OutputStream.nullOutputStream()));
    }

    private void load(int tenants) throws Exception {
        int there = Integer.parseInt(database.column("select count(*) from control.tenant where slug ~ '^t[0-9]+$'")
                .getFirst());
        if (there == 0) {
            database.createTenant(Load.tenant(0), 0);
            there = 1;
        }
        var snapshot = relata.metadata().snapshot(Load.tenant(0));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(BenchDatabase.resource("/sql/load.sql"));
            for (int number = there; number <= tenants; number++) {
                database.createTenant(Load.tenant(number), number);
                statement.execute("select pg_temp.load('%s', %d, '%s', '%s', %d, %d)"
                        .formatted(
                                Load.tenant(number),
                                number,
                                snapshot.entity("account").orElseThrow().id(),
                                snapshot.entity("opportunity").orElseThrow().id(),
                                RECORDS / 5,
                                RECORDS));
            }
            statement.execute("vacuum analyze");
        }
    }

    /// Ten fields have values, however many there are, and two are asked for.
    private void fields(int fields) throws Exception {
        UUID tenant = Load.tenant(1_000_000 + fields);
        CallContext call = call(tenant);
        if (database.column("select id from control.tenant where id = '" + tenant + "'")
                .isEmpty()) {
            database.createTenant(tenant, 1_000_000 + fields);
            PlanService plans = BackgroundWork.of(relata, odata, task -> {}).plans();
            plans.apply(
                    call,
                    plans.plan(call, "Bench", Edit.changes(MetadataBench.changes(1, fields)))
                            .id());
        }
        List<UUID> ids = create(call);
        int[] next = {0};
        String select = "$select=c_field_0,c_field_6";
        print(
                String.format(Locale.ROOT, "%,d fields", fields),
                () -> odata.get(call, "c_entity_0s", ids.get(next[0]++ % ids.size()), select)
                        .body()
                        .writeTo(OutputStream.nullOutputStream()),
                () -> odata.list(call, "c_entity_0s", select + "&$orderby=createdAt%20desc&$top=50")
                        .writeTo(OutputStream.nullOutputStream()));
    }

    private List<UUID> create(CallContext call) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int field = 0; field < 10; field++) {
            values.put(
                    "c_field_" + field,
                    switch (field % 6) {
                        case 1, 2 -> (Object) 12L;
                        case 3 -> "2026-01-01";
                        case 4 -> true;
                        default -> "A text of " + field;
                    });
        }
        List<UUID> ids = new ArrayList<>();
        relata.writer().transaction(call, tx -> {
            List<RecordInput> inputs = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                inputs.add(new RecordInput(null, null, values, Form.JSON));
            }
            for (RecordResult result : relata.writer().saveAll(tx, tx.entity("c_entity_0"), inputs)) {
                switch (result) {
                    case RecordResult.Saved saved -> ids.add(saved.data().id());
                    case RecordResult.Rejected rejected -> throw rejected.problem();
                }
            }
            return ids;
        });
        return ids;
    }

    private void depth() throws Exception {
        UUID tenant = Load.tenant(2_000_000);
        var snapshot = relata.metadata().snapshot(Load.tenant(0));
        if (database.column("select id from control.tenant where id = '" + tenant + "'")
                .isEmpty()) {
            database.createTenant(tenant, 2_000_000);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(BenchDatabase.resource("/sql/load.sql"));
                statement.execute("select pg_temp.load('%s', %d, '%s', '%s', %d, %d)"
                        .formatted(
                                tenant,
                                2_000_000,
                                snapshot.entity("account").orElseThrow().id(),
                                snapshot.entity("opportunity").orElseThrow().id(),
                                1_000,
                                100_000));
                statement.execute("vacuum analyze relata.record_bench_opportunity");
            }
        }
        CallContext call = call(tenant);
        String query = "$orderby=amount%20desc";
        String token = null;
        for (int pages : List.of(0, 10, 80)) {
            for (int page = token == null ? 0 : 10; page < pages; page++) {
                token = next(call, token == null ? query : query + "&$skiptoken=" + token);
            }
            String deep = query + "&$top=50" + (token == null ? "" : "&$skiptoken=" + token);
            print(
                    String.format(Locale.ROOT, "page of 50 behind %,d of 100,000", pages * 1_000),
                    null,
                    () -> odata.list(call, "opportunities", deep).writeTo(OutputStream.nullOutputStream()));
        }
    }

    private String next(CallContext call, String query) throws Exception {
        var bytes = new ByteArrayOutputStream();
        odata.list(call, "opportunities", query, ODataFormat.USUAL, 1_000)
                .body()
                .writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8).replaceFirst("(?s).*skiptoken=([^\"&]*).*", "$1");
    }

    /// Something that is timed.
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static void print(String name, @Nullable Work get, Work list) throws Exception {
        String one = get == null ? "" : String.format(Locale.ROOT, "%.2f", median(get));
        System.out.printf(Locale.ROOT, "| %s | %s | %.2f |%n", name, one, median(list));
    }

    private static double median(Work work) throws Exception {
        for (int i = 0; i < WARMING; i++) {
            work.run();
        }
        double[] times = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        return Rounds.median(times);
    }

    private static CallContext call(UUID tenant) {
        return new CallContext(
                tenant,
                Load.tenant(1),
                Set.of(CallContext.ADMINISTRATOR),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "bench",
                Origin.API);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws SQLException {
        relata.close();
        pool.end();
    }
}
