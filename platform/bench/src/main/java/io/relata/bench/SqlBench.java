package io.relata.bench;

import io.relata.core.Relata;
import io.relata.core.odata.ODataBody;
import io.relata.core.odata.ODataFormat;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The statements that the engine issues, under row-level security as the application's role, beside a typed table
/// made by hand for the one tenant.
final class SqlBench implements AutoCloseable {

    private static final String HAND_COLUMNS = BenchRecords.COLUMNS;
    private static final int PAGE = 1_000;

    private final BenchDatabase database;
    private final CapturingDataSource capturing;
    private final Relata relata;
    private final ODataService odata;
    private final Connection product;
    private final Connection hand;
    private final int rows;
    private final @Nullable String only;
    private final Rounds rounds = new Rounds(7, 400_000_000L);

    private SqlBench(BenchDatabase database, int rows, @Nullable String only) throws SQLException {
        this.database = database;
        this.rows = rows;
        this.only = only;
        this.capturing = new CapturingDataSource(database.application());
        this.relata = Relata.start(new Relata.Settings(
                capturing,
                Clock.systemUTC(),
                database.plugins(),
                database.plugins().resolveSibling("files")));
        this.odata = new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofMinutes(10)),
                Clock.systemUTC(),
                URI.create("http://localhost/api/v1/data/"));
        this.product = database.application().getConnection();
        this.hand = database.application().getConnection();
        product.setAutoCommit(false);
        hand.setAutoCommit(false);
    }

    /// Loads what is not there yet and prints the table.
    ///
    /// @param arguments the folder; opportunities; other tenants; a part of a row's name, to run that row alone
    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        int tenants = Integer.parseInt(arguments[2]);
        String name = "bench_" + rows + "_" + tenants;
        BenchDatabase database = BenchDatabase.start(Path.of(arguments[0]), name);
        try (SqlBench bench = new SqlBench(database, rows, arguments.length > 3 ? arguments[3] : null)) {
            Load.once(database, bench.relata.metadata()::snapshot, rows, tenants);
            bench.run();
        } finally {
            database.postgres().stop();
        }
    }

    private void run() throws Exception {
        System.out.println("| statement | product, ms | by hand, ms | ratio | limit |\n|---|---|---|---|---|");
        UUID some = Load.record(0, rows / 2);
        compareEach(
                "get by id",
                "2",
                some,
                () -> odata.get(context(), "opportunities", some, null).body().writeTo(OutputStream.nullOutputStream()),
                "select " + HAND_COLUMNS + " from hand.opportunity where id = ?");
        compareList(
                "list 50, two filters, sorted",
                "2",
                "$filter=stage eq 'won' and region eq 'region3'&$orderby=amount desc&$top=50",
                "select " + HAND_COLUMNS
                        + " from hand.opportunity where stage = 'won' and region = 'region3' order by amount desc, id desc limit 51");
        compareList(
                "list 50, filter and range, sorted",
                "2",
                "$filter=stage eq 'won' and amount gt 500000&$orderby=closeDate desc&$top=50",
                "select " + HAND_COLUMNS
                        + " from hand.opportunity where stage = 'won' and amount > 500000 order by close_date desc, id desc limit 51");
        comparePage(
                "first page of 1,000",
                "2",
                "$orderby=amount desc",
                "select " + HAND_COLUMNS + " from hand.opportunity order by amount desc, id desc limit 1001");
        deepPage();
        compareList(
                "sum by stage, all rows",
                "2.5",
                "$apply=groupby((stage),aggregate(amount with sum as total))",
                "select stage, sum(amount) from hand.opportunity group by stage order by stage");
        compareList(
                "sum of a filter",
                "2",
                "$apply=filter(region eq 'region3' and stage eq 'won')/aggregate(amount with sum as total)",
                "select sum(amount) from hand.opportunity where region = 'region3' and stage = 'won'");
        compareCount();
        compareList(
                "join to account, filter and sort there, top 50",
                "3",
                "$filter=account/industry eq 'industry7' and stage eq 'won'&$orderby=account/revenue desc&$top=50",
                "select " + prefixed(HAND_COLUMNS)
                        + ", a.revenue from hand.opportunity o join hand.account a on a.id = o.account_id"
                        + " where a.industry = 'industry7' and o.stage = 'won' order by a.revenue desc, o.id desc limit 51");
        compareList(
                "join to account, filter there, sort here, top 50",
                "3",
                "$filter=account/industry eq 'industry7' and stage eq 'won'&$orderby=amount desc&$top=50",
                "select " + prefixed(HAND_COLUMNS)
                        + " from hand.opportunity o join hand.account a on a.id = o.account_id"
                        + " where a.industry = 'industry7' and o.stage = 'won' order by o.amount desc, o.id desc limit 51");
        insert();
    }

    private static String prefixed(String columns) {
        return "o." + columns.replace(", ", ", o.");
    }

    private void deepPage() throws Exception {
        String token = null;
        String query = "$orderby=amount desc";
        for (int page = 0; page < 20; page++) {
            token = nextPage(token == null ? query : query + "&$skiptoken=" + token);
        }
        String deep = query + "&$skiptoken=" + token;
        var last = database.column(
                        "select amount || ' ' || id from hand.opportunity order by amount desc, id desc offset 19999 limit 1")
                .getFirst()
                .split(" ", -1);
        comparePage(
                "keyset page of 1,000, behind 20,000",
                "2",
                deep,
                "select " + HAND_COLUMNS + " from hand.opportunity where (amount, id) < (" + last[0] + ", '" + last[1]
                        + "') order by amount desc, id desc limit 1001");
    }

    private String nextPage(String query) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        page(query).writeTo(bytes);
        String body = bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
        int at = body.lastIndexOf("$skiptoken=");
        return at < 0
                ? body.replaceFirst("(?s).*skiptoken=([^\"&]*).*", "$1")
                : body.substring(at + 11, body.indexOf('"', at));
    }

    private ODataBody page(String query) {
        return odata.list(context(), "opportunities", encoded(query), ODataFormat.USUAL, PAGE)
                .body();
    }

    private void comparePage(String name, String limit, String query, String byHand) throws Exception {
        compareAnswer(name, limit, () -> page(query), byHand);
    }

    private void compareList(String name, String limit, String query, String byHand) throws Exception {
        compareAnswer(name, limit, () -> odata.list(context(), "opportunities", encoded(query)), byHand);
    }

    private void compareAnswer(String name, String limit, Supplier<ODataBody> answer, String byHand) throws Exception {
        if (!skipped(name)) {
            List<Captured> statements = capture(() -> answer.get().writeTo(OutputStream.nullOutputStream()));
            compare(name, limit, statements, null, byHand, false);
        }
    }

    private void compareCount() throws Exception {
        if (skipped("count of a filter")) {
            return;
        }
        List<Captured> statements = capture(() ->
                odata.count(context(), "opportunities", encoded("$filter=region eq 'region3' and stage eq 'won'")));
        compare(
                "count of a filter",
                "2",
                statements,
                null,
                "select count(*) from hand.opportunity where region = 'region3' and stage = 'won'",
                false);
    }

    private void compareEach(String name, String limit, UUID captured, Action action, String byHand) throws Exception {
        if (!skipped(name)) {
            compare(name, limit, capture(action), captured, byHand, true);
        }
    }

    private boolean skipped(String name) {
        return only != null && !name.contains(only);
    }

    private void compare(
            String name, String limit, List<Captured> statements, @Nullable UUID id, String byHand, boolean bound)
            throws Exception {
        setUp(statements);
        List<Captured> work = statements.stream().filter(each -> !each.setup()).toList();
        if (only != null) {
            work.forEach(each -> System.out.println("  -- " + each.sql()));
            explain(work);
        }
        List<PreparedStatement> prepared = new ArrayList<>();
        for (Captured statement : work) {
            prepared.add(statement.prepare(product));
        }
        try (PreparedStatement other = hand.prepareStatement(byHand)) {
            rounds.compare(
                    name,
                    limit,
                    round -> {
                        for (int i = 0; i < work.size(); i++) {
                            if (id != null) {
                                work.get(i).bind(prepared.get(i), id, someRecord(round));
                            }
                            read(prepared.get(i));
                        }
                    },
                    round -> {
                        if (bound) {
                            other.setObject(1, someRecord(round));
                        }
                        read(other);
                    });
        }
        for (PreparedStatement statement : prepared) {
            statement.close();
        }
        product.rollback();
        hand.rollback();
    }

    private void explain(List<Captured> work) throws SQLException {
        for (Captured statement : work) {
            if (statement.sql().startsWith("insert")) {
                continue;
            }
            Captured explained = new Captured("explain (analyze, buffers) " + statement.sql(), statement.binds());
            try (PreparedStatement prepared = explained.prepare(product);
                    ResultSet plan = prepared.executeQuery()) {
                while (plan.next()) {
                    System.out.println("  -- " + plan.getString(1));
                }
            }
        }
    }

    private UUID someRecord(int round) {
        return Load.record(0, 1 + (int) ((round * 7919L) % rows));
    }

    private static void read(PreparedStatement statement) throws SQLException {
        if (!statement.execute()) {
            return;
        }
        try (ResultSet result = statement.getResultSet()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    result.getObject(column);
                }
            }
        }
    }

    private void insert() throws Exception {
        if (skipped("insert")) {
            return;
        }
        Map<String, @Nullable Object> values = BenchRecords.values(rows);
        UUID[] made = new UUID[1];
        List<Captured> all = capture(() -> made[0] =
                relata.writer().create(context(), "opportunity", values).id());
        setUp(all);
        List<Captured> work = all.stream()
                .filter(each -> each.sql().contains("record_bench_opportunity"))
                .toList();
        if (only != null) {
            all.forEach(each -> System.out.println("  -- " + each.sql()));
        }
        List<PreparedStatement> prepared = new ArrayList<>();
        for (Captured statement : work) {
            prepared.add(statement.prepare(product));
        }
        try (PreparedStatement other = hand.prepareStatement(BenchRecords.HAND_INSERT)) {
            rounds.compare(
                    "insert with 25 fields",
                    "2",
                    round -> {
                        for (int i = 0; i < work.size(); i++) {
                            work.get(i).bind(prepared.get(i), made[0], UUID.randomUUID());
                            read(prepared.get(i));
                        }
                    },
                    round -> {
                        BenchRecords.bind(other, UUID.randomUUID(), values);
                        read(other);
                    });
        }
        product.rollback();
        hand.rollback();
    }

    private void setUp(List<Captured> statements) throws SQLException {
        for (Captured statement : statements) {
            if (statement.setup()) {
                try (PreparedStatement prepared = statement.prepare(product)) {
                    prepared.execute();
                }
            }
        }
    }

    /// Something the engine does.
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    /// The second time, when nothing has to be looked up any more that is kept.
    private List<Captured> capture(Action action) throws Exception {
        action.run();
        capturing.take();
        action.run();
        return capturing.take();
    }

    static CallContext context() {
        return new CallContext(
                Load.GIANT,
                Load.tenant(1),
                Set.of(),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "bench",
                Origin.API);
    }

    private static String encoded(String query) {
        Function<String, String> encode =
                value -> java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20");
        List<String> parts = new ArrayList<>();
        for (String option : query.split("&", -1)) {
            int at = option.indexOf('=');
            String value = option.substring(at + 1);
            parts.add(option.substring(0, at + 1) + (option.startsWith("$skiptoken") ? value : encode.apply(value)));
        }
        return String.join("&", parts);
    }

    @Override
    public void close() throws SQLException {
        relata.close();
        product.close();
        hand.close();
    }
}
