package io.relata.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.testkit.LocalPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads every statement that the engine prepares in a test, and fails the test whose statement reaches a tenant's
/// table without the tenant as a bound value.
///
/// The judge is PostgreSQL's planner, asked as the superuser, whom no row-level security helps: each table of the plan
/// must be met with `tenant_id = $n`, or with the `tenant_id` of a table that is. So a join, a subquery or a common
/// table expression that forgot it is found however it is written.
final class TenantGuard {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BOUND = Pattern.compile(
            "tenant_id = \\(?\\$\\d|tenant_id = \\(?\\(?\\$\\d+\\)?::uuid|\\$\\d+\\)?(::uuid\\)?)? = \\S*tenant_id");
    private static final Pattern JOINED = Pattern.compile("tenant_id\\)? = \\(?\\S*tenant_id");
    private static final Pattern QUOTED = Pattern.compile("'([^']|'')*'");
    private static final Pattern JUDGED =
            Pattern.compile("^\\s*(with|select|insert|update|delete|merge)\\b", Pattern.CASE_INSENSITIVE);

    /// What was found for each statement; all databases of the tests have the same tables where they have them.
    private static final Map<String, Optional<String>> VERDICTS = new ConcurrentHashMap<>();

    private final TestDatabase database;

    TenantGuard(TestDatabase database) {
        this.database = database;
    }

    Connection watch(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TenantGuard.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement")) {
            check(Bound.statement((String) arguments[0]));
        }
        try {
            Object result = method.invoke(connection, arguments);
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? watch(statement)
                    : result;
        } catch (InvocationTargetException exception) {
            throw exception.getCause();
        }
    }

    private Statement watch(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                TenantGuard.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute") && arguments != null && arguments.length > 0) {
                        check((String) arguments[0]);
                    }
                    try {
                        return method.invoke(statement, arguments);
                    } catch (InvocationTargetException exception) {
                        throw exception.getCause();
                    }
                });
    }

    /// @throws AssertionError if the statement reaches a tenant's table without the tenant
    void check(String statement) {
        if (JUDGED.matcher(statement).find()) {
            VERDICTS.computeIfAbsent(statement, this::fault).ifPresent(fault -> {
                throw new AssertionError(fault + "\nin: " + statement);
            });
        }
    }

    private Optional<String> fault(String statement) {
        try (Connection connection = simply();
                Statement explain = connection.createStatement()) {
            Set<String> tables = tenantTables(explain);
            try (ResultSet plan =
                    explain.executeQuery("explain (generic_plan, verbose, format json) " + numbered(statement))) {
                plan.next();
                return fault(JSON.readTree(plan.getString(1)).get(0).get("Plan"), statement, tables, "");
            }
        } catch (SQLException exception) {
            return Optional.of("cannot be judged: " + exception.getMessage());
        } catch (JsonProcessingException exception) {
            return Optional.of("has no plan that can be read");
        }
    }

    /// Only the simple protocol takes a statement whose numbered values are left open.
    private Connection simply() throws SQLException {
        return DriverManager.getConnection(
                database.postgres().jdbcUrl(database.name()) + "?preferQueryMode=simple",
                LocalPostgres.SUPERUSER,
                database.postgres().password());
    }

    private static Set<String> tenantTables(Statement statement) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("select table_schema || '.' || table_name"
                + " from information_schema.columns where column_name = 'tenant_id' and table_schema = 'relata'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /// @param above the conditions of the joins around
    private static Optional<String> fault(JsonNode node, String statement, Set<String> tables, String above) {
        String table =
                node.path("Schema").asText() + "." + node.path("Relation Name").asText();
        String own = conditions(node);
        if (tables.contains(table) && !held(node, statement, own, above)) {
            return Optional.of("reaches " + table + " without the tenant: " + own + above);
        }
        for (JsonNode child : node.path("Plans")) {
            Optional<String> fault = fault(child, statement, tables, above + own);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /// What is inserted names its tenant; what is updated or deleted was found by a scan, which is judged for itself.
    private static boolean held(JsonNode node, String statement, String own, String above) {
        if (node.path("Node Type").asText().equals("ModifyTable")) {
            return !node.path("Operation").asText().equals("Insert") || statement.contains("tenant_id");
        }
        String met = own + bitmaps(node);
        return BOUND.matcher(met).find() || JOINED.matcher(met + above).find();
    }

    private static String conditions(JsonNode node) {
        StringBuilder conditions = new StringBuilder();
        node.properties().forEach(property -> {
            if (property.getKey().endsWith("Cond") || property.getKey().endsWith("Filter")) {
                conditions
                        .append(QUOTED.matcher(property.getValue().asText()).replaceAll("''"))
                        .append('\n');
            }
        });
        return conditions.toString();
    }

    /// The conditions of the bitmaps below a scan.
    private static String bitmaps(JsonNode node) {
        StringBuilder found = new StringBuilder();
        for (JsonNode child : node.path("Plans")) {
            if (child.path("Node Type").asText().startsWith("Bitmap")) {
                found.append(conditions(child)).append(bitmaps(child));
            }
        }
        return found.toString();
    }

    /// JDBC's question marks as PostgreSQL's numbers.
    private static String numbered(String statement) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        boolean quoted = false;
        for (int i = 0; i < statement.length(); i++) {
            char c = statement.charAt(i);
            quoted ^= c == '\'';
            if (c != '?' || quoted) {
                numbered.append(c);
            } else if (statement.startsWith("??", i)) {
                numbered.append('?');
                i++;
            } else {
                numbered.append('$').append(++number);
            }
        }
        return numbered.toString();
    }
}
