package io.relata.tenantadmin.tenant;

import io.relata.testkit.LocalPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// A database with the platform's own migrations, used as the role that tenant-admin has in production.
final class ControlDatabase implements Transactions, AutoCloseable {
    private static final Path MIGRATIONS = Path.of("../platform/core/src/main/resources/db/migration");
    private static final String PASSWORD = "for-tests";
    private static final List<String> ROLES = List.of("relata_owner", "relata_app", "relata_tenant_admin");

    private final LocalPostgres postgres;
    private final String name;
    private final AtomicInteger statements = new AtomicInteger();
    private final EntityManagerFactory factory;

    ControlDatabase(LocalPostgres postgres) throws SQLException, IOException {
        this.postgres = postgres;
        this.name = postgres.createDatabase();
        for (String role : ROLES) {
            postgres.execute(
                    name,
                    "do $$ begin if not exists (select from pg_roles where rolname = '" + role + "') then create role "
                            + role + " login password '" + PASSWORD + "'; end if; end $$");
        }
        postgres.execute(name, "alter database \"" + name + "\" owner to relata_owner");
        migrate();
        this.factory = Persistence.createEntityManagerFactory(
                "control",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", counting(source("relata_tenant_admin")),
                        "eclipselink.session-name", name,
                        "eclipselink.logging.level", "OFF"));
    }

    @Override
    public <T> T call(Function<EntityManager, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            EntityTransaction transaction = entities.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(entities);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    /// How many statements were sent since the last time this was asked.
    int statements() {
        return statements.getAndSet(0);
    }

    void execute(String sql) throws SQLException {
        postgres.execute(name, sql);
    }

    /// Runs a statement as the role that tenant-admin has.
    void executeAsTenantAdmin(String sql) throws SQLException {
        try (Connection connection = source("relata_tenant_admin").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        try (Connection connection = postgres.connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        factory.close();
        postgres.dropDatabase(name);
    }

    private DataSource source(String role) {
        return postgres.dataSource(name, role, PASSWORD);
    }

    private void migrate() throws SQLException, IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(MIGRATIONS)) {
            files = found.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparingInt(ControlDatabase::version))
                    .toList();
        }
        try (Connection connection = source("relata_owner").getConnection();
                Statement statement = connection.createStatement()) {
            for (Path file : files) {
                statement.execute(Files.readString(file));
            }
        }
    }

    private static int version(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private DataSource counting(DataSource source) {
        return wrap(DataSource.class, source, "getConnection", connection -> {
            return wrap(Connection.class, (Connection) connection, "prepareStatement", statement -> {
                statements.incrementAndGet();
                return statement;
            });
        });
    }

    private static <T> T wrap(Class<T> type, T target, String method, Function<Object, Object> onResult) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    try {
                        Object result = called.invoke(target, arguments);
                        return called.getName().equals(method) ? onResult.apply(result) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }
}
