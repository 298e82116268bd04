package io.relata.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// Judges whether a statement reaches a tenant's table without the tenant as a bound value.
///
/// PostgreSQL's planner says it, asked as the superuser, whom no row-level security helps: each table of the plan must
/// be met with `tenant_id = $n`, or with the `tenant_id` of a table that is. So a join, a subquery or a common table
/// expression that forgot it is found however it is written.
public final class StatementJudge {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BOUND = Pattern.compile(
            "tenant_id = \\(?\\$\\d|tenant_id = \\(?\\(?\\$\\d+\\)?::uuid|\\$\\d+\\)?(::uuid\\)?)? = \\S*tenant_id");
    private static final Pattern JOINED = Pattern.compile("tenant_id\\)? = \\(?\\S*tenant_id");
    private static final Pattern QUOTED = Pattern.compile("'([^']|'')*'");
    private static final Pattern JUDGED =
            Pattern.compile("^\\s*(with|select|insert|update|delete|merge)\\b", Pattern.CASE_INSENSITIVE);

    private final Map<String, Optional<String>> verdicts = new ConcurrentHashMap<>();

    private final String url;
    private final String password;

    /// @param url      of the database, for JDBC, without parameters
    /// @param password of the superuser
    public StatementJudge(String url, String password) {
        this.url = url;
        this.password = password;
    }

    /// Returns what is wrong with a statement; nothing where it does not reach a table of tenants' without a tenant.
    public Optional<String> fault(String statement) {
        return JUDGED.matcher(statement).find() ? verdicts.computeIfAbsent(statement, this::judge) : Optional.empty();
    }

    private Optional<String> judge(String statement) {
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
        return DriverManager.getConnection(url + "?preferQueryMode=simple", LocalPostgres.SUPERUSER, password);
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

    /// JDBC's question marks as PostgreSQL's numbers; what has numbers already stays as it is.
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
