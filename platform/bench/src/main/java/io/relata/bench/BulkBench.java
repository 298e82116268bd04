package io.relata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.bulk.BulkCall;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/// Many records in and all records out through the API, beside COPY into and out of the table made by hand, and how
/// much of the server's heap is alive meanwhile.
final class BulkBench {

    private static final int ROUNDS = 5;
    private static final int CALLS = 4;
    private static final int IN_A_ROUND = CALLS * BulkCall.MAX_ITEMS;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiCaller api;
    private final Connection hand;
    private final Heap heap;
    private final int rows;

    private BulkBench(ApiCaller api, Connection hand, Heap heap, int rows) {
        this.api = api;
        this.hand = hand;
        this.heap = heap;
        this.rows = rows;
    }

    /// Loads what is not there yet and prints the table.
    ///
    /// @param arguments the folder; opportunities; other tenants
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int rows = Integer.parseInt(arguments[1]);
        BenchDatabase database = BenchDatabase.start(folder, "bench_" + rows + "_" + arguments[2]);
        try (Issuer issuer = new Issuer()) {
            HttpBench.load(database, rows, Integer.parseInt(arguments[2]));
            HttpBench.join(database);
            try (BenchServer server = BenchServer.start(
                            folder.resolve("liberty"), BenchServer.Parts.ofProperties(), database, issuer);
                    Connection hand = database.application().getConnection()) {
                ApiCaller api = new ApiCaller(issuer.token(HttpBench.USER, Load.GIANT));
                new BulkBench(api, hand, new Heap(server.process().pid()), rows).run(server.address());
            }
        } finally {
            database.postgres().stop();
        }
    }

    private void run(String address) throws Exception {
        System.out.println(
                "| work | API, records per second | COPY | ratio | wanted | heap alive, MB |\n|---|---|---|---|---|---|");
        create(address + "/api/v1/data/opportunities/Relata.bulk");
        export(address + "/api/v1/jobs");
    }

    private void create(String address) throws Exception {
        Map<String, Object> item = Map.of("op", "create", "values", BenchRecords.values(rows));
        byte[] body = JSON.writeValueAsBytes(Map.of("items", Collections.nCopies(BulkCall.MAX_ITEMS, item)));
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        List<Long> alive = new ArrayList<>();
        for (int round = -2; round < ROUNDS; round++) {
            double our = perSecond(IN_A_ROUND, () -> {
                for (int call = 0; call < CALLS; call++) {
                    api.call(address, body);
                }
            });
            String csv = csv();
            double their = perSecond(IN_A_ROUND, () -> copyIn(csv));
            if (round >= 0) {
                ours[round] = our;
                theirs[round] = their;
                alive.add(heap.alive());
            }
        }
        print("create, 5,000 in a call", "0.25", Rounds.median(ours), Rounds.median(theirs), alive);
    }

    private String csv() {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < IN_A_ROUND; i++) {
            csv.append("%s,1,2026-01-01T00:00:00Z,%s,2026-01-01T00:00:00Z,%s"
                    .formatted(UUID.randomUUID(), Load.GIANT, Load.GIANT));
            BenchRecords.values(rows)
                    .values()
                    .forEach(cell -> csv.append(",\"").append(cell).append('"'));
            csv.append('\n');
        }
        return csv.toString();
    }

    private void copyIn(String csv) throws Exception {
        hand.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "copy hand.opportunity (" + BenchRecords.COLUMNS + ") from stdin (format csv)",
                        new StringReader(csv));
    }

    private void export(String address) throws Exception {
        double[] ours = new double[3];
        double[] theirs = new double[3];
        List<Long> alive = new ArrayList<>();
        for (int round = 0; round < ours.length; round++) {
            ours[round] = exported(address, alive);
            long begin = System.nanoTime();
            long copied = hand.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy hand.opportunity to stdout (format csv, header)", OutputStream.nullOutputStream());
            theirs[round] = copied * 1e9 / (System.nanoTime() - begin);
        }
        print("export as CSV", "0.50", Rounds.median(ours), Rounds.median(theirs), alive);
    }

    /// From the request to the end of the job.
    private double exported(String address, List<Long> alive) throws Exception {
        long begin = System.nanoTime();
        byte[] asked = JSON.writeValueAsBytes(Map.of("kind", "export", "set", "opportunities"));
        String id = JSON.readTree(api.call(address, asked)).path("id").asText();
        JsonNode job;
        do {
            TimeUnit.MILLISECONDS.sleep(200);
            job = JSON.readTree(api.call(address + "/" + id, null));
        } while (!job.path("state").asText().matches("done|failed|cancelled"));
        long end = System.nanoTime();
        if (!job.path("state").asText().equals("done")) {
            throw new IllegalStateException(job.toString());
        }
        alive.add(heap.alive());
        return job.path("processed").asLong() * 1e9 / (end - begin);
    }

    /// Something that is timed.
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double perSecond(int records, Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return records * 1e9 / (System.nanoTime() - begin);
    }

    private static void print(String name, String wanted, double our, double their, List<Long> alive) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %s | %d to %d |%n",
                name,
                our,
                their,
                our / their,
                wanted,
                Collections.min(alive) >> 20,
                Collections.max(alive) >> 20);
    }

    /// What of a JVM's heap is alive, asked from outside.
    private record Heap(long pid) {

        long alive() throws Exception {
            jcmd("GC.run");
            String info = jcmd("GC.heap_info");
            long alive = 0;
            for (String line : info.lines().toList()) {
                if (line.contains(" total ") && line.contains(" used ")) {
                    alive += Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1"));
                }
            }
            return alive << 10;
        }

        private String jcmd(String command) throws Exception {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        }
    }
}
