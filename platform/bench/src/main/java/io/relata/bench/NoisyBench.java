package io.relata.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What a tenant feels of a neighbour that asks for figures over all its records, with many callers at once, all the
/// time. Quiet and noisy rounds alternate.
final class NoisyBench {

    private static final int CALLERS = 32;
    private static final int WARMING = 3_000;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final UUID QUIET = Load.tenant(1);
    private static final UUID QUIET_USER = Load.tenant(2);

    private final String address;
    private final ApiCaller noisy;
    private final ApiCaller quiet;
    private final AtomicLong figures = new AtomicLong();

    private NoisyBench(String address, ApiCaller noisy, ApiCaller quiet) {
        this.address = address + "/api/v1/data/opportunities";
        this.noisy = noisy;
        this.quiet = quiet;
    }

    /// Loads what is not there yet and prints the table.
    ///
    /// @param arguments the folder; opportunities of the noisy tenant; other tenants
    public static void main(String[] arguments) throws Exception {
        System.setProperty("http.maxConnections", Integer.toString(2 * CALLERS));
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int rows = Integer.parseInt(arguments[1]);
        int tenants = Integer.parseInt(arguments[2]);
        BenchDatabase database = BenchDatabase.start(folder, "bench_" + rows + "_" + tenants);
        try (Issuer issuer = new Issuer()) {
            HttpBench.load(database, rows, tenants);
            HttpBench.join(database, Load.GIANT, HttpBench.USER);
            HttpBench.join(database, QUIET, QUIET_USER);
            try (BenchServer server =
                    BenchServer.start(folder.resolve("liberty"), BenchServer.Parts.ofProperties(), database, issuer)) {
                new NoisyBench(
                                server.address(),
                                new ApiCaller(issuer.token(HttpBench.USER, Load.GIANT)),
                                new ApiCaller(issuer.token(QUIET_USER, QUIET)))
                        .run(Integer.getInteger("bench.rounds", 3));
            }
        } finally {
            database.postgres().stop();
        }
    }

    private void run(int rounds) throws Exception {
        for (int i = 0; i < WARMING; i++) {
            list();
        }
        for (int i = 0; i < 20; i++) {
            figures();
        }
        List<double[]> still = new ArrayList<>();
        List<double[]> loud = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            still.add(latencies());
            loud.add(beside());
        }
        System.out.println(
                "| a list of 50 | alone, ms | beside the neighbour, ms | ratio | limit |\n|---|---|---|---|---|");
        print("median", 0.5, "", still, loud);
        print("95th percentile", 0.95, "1.5", still, loud);
        System.out.printf(
                Locale.ROOT,
                "The neighbour got %.1f answers per second.%n",
                figures.get() / (rounds * (double) ROUND.toSeconds()));
    }

    private static void print(String name, double part, String limit, List<double[]> still, List<double[]> loud) {
        double alone = median(still, part);
        double beside = median(loud, part);
        System.out.printf(
                Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %s |%n", name, alone, beside, beside / alone, limit);
    }

    private static double median(List<double[]> rounds, double part) {
        return Rounds.median(rounds.stream()
                .mapToDouble(sorted -> sorted[(int) (part * (sorted.length - 1))] / 1e6)
                .toArray());
    }

    private double[] beside() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> neighbours = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                neighbours.add(threads.submit(() -> {
                    while (!over.get()) {
                        figures();
                        figures.incrementAndGet();
                    }
                    return null;
                }));
            }
            double[] latencies = latencies();
            over.set(true);
            for (Future<?> neighbour : neighbours) {
                neighbour.get();
            }
            return latencies;
        }
    }

    /// Lists again and again for a round; returns how long each took, the shortest first.
    private double[] latencies() throws IOException {
        List<Double> latencies = new ArrayList<>();
        long end = System.nanoTime() + ROUND.toNanos();
        for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            list();
            latencies.add((double) (System.nanoTime() - begin));
        }
        double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private void list() throws IOException {
        quiet.call(
                address + "?$filter=" + encoded("stage eq 'won'") + "&$orderby=" + encoded("amount desc") + "&$top=50",
                null);
    }

    private void figures() throws IOException {
        noisy.call(address + "?$apply=" + encoded("groupby((stage),aggregate(amount with sum as total))"), null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
