package io.relata.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.Relata;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The API beside a hand-written endpoint in the same server, on the same pool and the same data. The rounds alternate,
/// so that a noisy machine disturbs both sides alike; the medians are compared.
final class HttpBench {

    private static final int CALLERS = 8;
    private static final int WARMING_REQUESTS = Integer.getInteger("bench.warming", 24_000);
    private static final Duration ROUND = Duration.ofSeconds(4);
    static final UUID USER = Load.tenant(1);

    private final String address;
    private final ApiCaller api;
    private final int rows;
    private final int rounds;
    private final Processor processor;

    private HttpBench(String address, ApiCaller api, int rows, int rounds, Processor processor) {
        this.address = address;
        this.api = api;
        this.rows = rows;
        this.rounds = rounds;
        this.processor = processor;
    }

    /// Loads what is not there yet and prints the table.
    ///
    /// @param arguments the folder; opportunities; other tenants; a part of a row's name, to run that row alone
    public static void main(String[] arguments) throws Exception {
        System.setProperty("http.maxConnections", Integer.toString(2 * CALLERS));
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int rows = Integer.parseInt(arguments[1]);
        BenchDatabase database = BenchDatabase.start(folder, "bench_" + rows + "_" + arguments[2]);
        try (Issuer issuer = new Issuer()) {
            load(database, rows, Integer.parseInt(arguments[2]));
            join(database);
            try (BenchServer server =
                    BenchServer.start(folder.resolve("liberty"), BenchServer.Parts.ofProperties(), database, issuer)) {
                new HttpBench(
                                server.address(),
                                new ApiCaller(issuer.token(USER, Load.GIANT)),
                                rows,
                                Integer.getInteger("bench.rounds", 7),
                                new Processor(
                                        server.process().toHandle(),
                                        database.postgres().process()))
                        .run(arguments.length > 3 ? arguments[3] : "");
            }
        } finally {
            database.postgres().stop();
        }
    }

    static void load(BenchDatabase database, int rows, int tenants) throws Exception {
        try (Relata relata = Relata.start(new Relata.Settings(
                database.application(),
                Clock.systemUTC(),
                database.plugins(),
                database.plugins().resolveSibling("files")))) {
            Load.once(database, relata.metadata()::snapshot, rows, tenants);
        }
    }

    static void join(BenchDatabase database) throws Exception {
        join(database, Load.GIANT, USER);
    }

    static void join(BenchDatabase database, UUID tenant, UUID user) throws Exception {
        database.execute("insert into control.membership"
                + " (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                + " values ('%s', '%s', 'service', 'user', 'active', 'bench', 'Bench', now()) on conflict do nothing"
                        .formatted(tenant, user));
        // What is measured is how fast the API is, not what a tenant may ask for.
        database.execute("insert into control.tenant_limits (tenant_id, user_requests, requests, database_seconds)"
                + " values ('%s', 1000000000, 1000000000, 1000000) on conflict do nothing".formatted(tenant));
    }

    private void run(String only) throws Exception {
        System.out.println("| request | API, per second | by hand, per second | ratio | wanted"
                + " | API, ms of server + database | by hand |\n|---|---|---|---|---|---|---|");
        String product = address + "/api/v1/data/opportunities";
        String hand = address + "/hand/api/opportunities";
        if ("get by id".contains(only)) {
            compare(
                    "get by id",
                    "0.70",
                    caller -> get(caller, product + "(", ")"),
                    caller -> get(caller, hand + "/", ""));
        }
        if ("list 50, two filters, sorted".contains(only)) {
            String filter = "?$filter=" + encoded("stage eq 'won' and region eq 'region3'") + "&$orderby="
                    + encoded("amount desc") + "&$top=50";
            compare(
                    "list 50, two filters, sorted",
                    "0.70",
                    caller -> () -> call(product + filter, null),
                    caller -> () -> call(hand + "?stage=won&region=region3&top=50", null));
        }
        if ("create, checked, with audit and outbox".contains(only)) {
            byte[] body = new ObjectMapper().writeValueAsBytes(BenchRecords.values(rows));
            compare(
                    "create, checked, with audit and outbox",
                    "0.40",
                    caller -> () -> call(product, body),
                    caller -> () -> call(hand, body));
        }
    }

    private void compare(String name, String wanted, IntFunction<Callable<?>> product, IntFunction<Callable<?>> hand)
            throws Exception {
        warm(product);
        warm(hand);
        Side ours = new Side(product);
        Side theirs = new Side(hand);
        for (int round = 0; round < rounds; round++) {
            ours.measure();
            theirs.measure();
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %s | %s | %s |%n",
                name,
                ours.perSecond(),
                theirs.perSecond(),
                ours.perSecond() / theirs.perSecond(),
                wanted,
                ours.processor(),
                theirs.processor());
    }

    /// One of the two that are compared.
    private final class Side {

        private final IntFunction<Callable<?>> caller;
        private final Throughput throughput = new Throughput(CALLERS, ROUND);
        private final List<Double> speeds = new ArrayList<>();
        private Processor.Time spent = Processor.Time.NONE;
        private double requests;

        Side(IntFunction<Callable<?>> caller) {
            this.caller = caller;
        }

        void measure() throws Exception {
            Processor.Time before = processor.spent();
            double speed = throughput.measure(caller);
            speeds.add(speed);
            spent = spent.plus(processor.spent()).minus(before);
            requests += speed * ROUND.toNanos() / 1e9;
        }

        double perSecond() {
            return Rounds.median(
                    speeds.stream().mapToDouble(Double::doubleValue).toArray());
        }

        String processor() {
            return spent.each(requests);
        }
    }

    /// So often that the JVM has compiled what is called, however slow the machine is.
    private static void warm(IntFunction<Callable<?>> side) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Callable<?> operation = side.apply(i);
                running.add(threads.submit(() -> {
                    for (int request = 0; request < WARMING_REQUESTS / CALLERS; request++) {
                        operation.call();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private Callable<?> get(int caller, String before, String after) {
        int[] next = {caller * 1_009};
        return () -> call(before + Load.record(0, 1 + (int) ((next[0]++ * 7_919L) % rows)) + after, null);
    }

    private int call(String uri, byte @Nullable [] body) throws IOException {
        return api.call(uri, body).length;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
