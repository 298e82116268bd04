package io.relata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What a hand-written endpoint would do in the database: the same tables, role, row-level security and
/// transaction per request, one kept connection per caller, every column read.
final class JdbcSide {

    static final String ODATA_FILTER = "stage eq 'won' and amount gt 1000";

    private static final String COLUMNS =
            "id, version, created_at, created_by, updated_at, updated_by, t01, t02, t03, n01, n02, d01, d02, u01, u02, u03, u04, data";
    private static final String GET = "select " + COLUMNS
            + " from relata.record_opportunity where tenant_id = ? and entity_id = ? and id = ? and state = 0";
    private static final String LIST = "select " + COLUMNS
            + " from relata.record_opportunity where tenant_id = ? and entity_id = ? and state = 0"
            + " and t03 = 'won' and n01 > 10000000 and n01 is not null order by n01 desc, id limit 50";

    private final String url;
    private final String password;
    private final UUID tenant;
    private final Map<Integer, Caller> callers = new ConcurrentHashMap<>();

    private JdbcSide(String url, String password, UUID tenant) {
        this.url = url;
        this.password = password;
        this.tenant = tenant;
    }

    /// Reads the database's address and the platform's password from the home directory.
    static JdbcSide of(Path home, int port, UUID tenant) throws IOException {
        JsonNode secrets =
                new ObjectMapper().readTree(home.resolve("secrets.json").toFile());
        return new JdbcSide(
                "jdbc:postgresql://127.0.0.1:" + port + "/relata",
                secrets.path("relataApp").asText(),
                tenant);
    }

    List<UUID> someIds(int count) throws SQLException {
        try (Caller caller = new Caller()) {
            return caller.ids(count);
        }
    }

    Callable<?> get(List<UUID> ids, int number) {
        Caller caller = caller(number);
        int[] next = {number * 31};
        return () -> caller.read(GET, ids.get(next[0]++ % ids.size()));
    }

    Callable<?> list(int number) {
        Caller caller = caller(number);
        return () -> caller.read(LIST, null);
    }

    private Caller caller(int number) {
        return callers.computeIfAbsent(number, ignored -> {
            try {
                return new Caller();
            } catch (SQLException exception) {
                throw new IllegalStateException(exception);
            }
        });
    }

    /// One connection.
    private final class Caller implements AutoCloseable {

        private final Connection connection;
        private final UUID entity;

        Caller() throws SQLException {
            connection = DriverManager.getConnection(url, "relata_app", password);
            connection.setAutoCommit(false);
            bindTenant();
            try (PreparedStatement statement =
                            connection.prepareStatement("select entity_id from relata.record_opportunity limit 1");
                    ResultSet row = statement.executeQuery()) {
                row.next();
                entity = row.getObject(1, UUID.class);
            }
            connection.commit();
        }

        List<UUID> ids(int count) throws SQLException {
            bindTenant();
            List<UUID> ids = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select id from relata.record_opportunity where tenant_id = ? and state = 0 limit ?")) {
                statement.setObject(1, tenant);
                statement.setInt(2, count);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getObject(1, UUID.class));
                    }
                }
            }
            connection.commit();
            return ids;
        }

        int read(String sql, @Nullable UUID id) throws SQLException {
            bindTenant();
            int length = 0;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, tenant);
                statement.setObject(2, entity);
                if (id != null) {
                    statement.setObject(3, id);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            String value = rows.getString(column);
                            length += value == null ? 0 : value.length();
                        }
                    }
                }
            }
            connection.commit();
            return length;
        }

        private void bindTenant() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("select relata.set_tenant(?)")) {
                statement.setObject(1, tenant);
                statement.execute();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
