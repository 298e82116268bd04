package io.relata.bench;

import io.relata.core.metadata.MetadataSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/// The records that are measured: one tenant with very many, many tenants with few.
record Load(BenchDatabase database, UUID account, UUID opportunity) {

    /// The tenant with very many records.
    static final UUID GIANT = tenant(0);

    private static final int ACCOUNTS_OF_SMALL = 400;
    private static final int OPPORTUNITIES_OF_SMALL = 2_000;
    private static final String TABLES = "('record_bench_account', 'record_bench_opportunity')";

    static UUID tenant(int number) {
        return new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_1000L + number);
    }

    /// Returns the id of record n of a tenant, as the loader makes it.
    static UUID record(int tenant, int number) {
        return new UUID(((25_165_824L + number) << 32) | 0x7000L, 0x8000_0000_0000_0000L | tenant);
    }

    /// Fills the database unless that was done before.
    ///
    /// @param metadata gives a tenant's metadata
    static void once(BenchDatabase database, Function<UUID, MetadataSnapshot> metadata, int rows, int tenants)
            throws SQLException, IOException {
        if (!database.column("select id from control.tenant where id = '" + GIANT + "'")
                .isEmpty()) {
            return;
        }
        database.createTenant(tenant(-1), -1);
        MetadataSnapshot snapshot = metadata.apply(tenant(-1));
        long begin = System.nanoTime();
        new Load(
                        database,
                        snapshot.entity("account").orElseThrow().id(),
                        snapshot.entity("opportunity").orElseThrow().id())
                .fill(rows, tenants);
        System.out.printf(Locale.ROOT, "Loaded in %d s%n", (System.nanoTime() - begin) / 1_000_000_000L);
    }

    /// Fills the database. Indexes are made afterwards, as one does for a load of this size.
    ///
    /// @param rows    opportunities of the tenant with very many; it has a fifth as many accounts
    /// @param tenants how many others there are
    void fill(int rows, int tenants) throws SQLException, IOException {
        List<String> indexes =
                database.column("select indexdef from pg_indexes where schemaname = 'relata' and tablename in " + TABLES
                        + " and indexname not like '%pkey'");
        List<String> names =
                database.column("select indexname from pg_indexes where schemaname = 'relata' and tablename in "
                        + TABLES + " and indexname not like '%pkey'");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String name : names) {
                statement.execute("drop index relata." + name);
            }
            statement.execute(BenchDatabase.resource("/sql/load.sql"));
            for (int number = 0; number <= tenants; number++) {
                database.createTenant(tenant(number), number);
                boolean giant = number == 0;
                statement.execute("select pg_temp.load('%s', %d, '%s', '%s', %d, %d)"
                        .formatted(
                                tenant(number),
                                number,
                                account,
                                opportunity,
                                giant ? rows / 5 : ACCOUNTS_OF_SMALL,
                                giant ? rows : OPPORTUNITIES_OF_SMALL));
            }
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute(BenchDatabase.resource("/sql/hand.sql"));
            statement.execute(BenchDatabase.resource("/sql/hand-rows.sql").formatted(GIANT));
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }
}
