package io.relata.deploy.system;

import io.relata.testkit.StatementJudge;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The statements that the platform's server sends, as PostgreSQL writes them down: without values, which stand as `$1`
/// where they were bound.
final class StatementLog {

    private static final List<String> SETTINGS = List.of("log_statement = 'all'", "log_parameter_max_length = 0");

    /// Before each entry, as [io.relata.testkit.LocalPostgres] has them begin: when, and which process.
    private static final Pattern BEGINNING = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d [0-9:.]+ \\w+ \\[\\d+] ");

    private static final Pattern ENTRY =
            Pattern.compile("(?s)^relata_app@relata LOG:  (?:execute [^:]*|statement): (.*)$");

    private final Path file;
    private final StatementJudge judge;
    private long read;
    private boolean any;

    private StatementLog(Path file, StatementJudge judge) {
        this.file = file;
        this.judge = judge;
    }

    /// Has the database write down what it is asked from now on, and asks it something.
    static StatementLog begin(Product product) {
        try (Connection connection = product.superuser();
                Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute("alter system set " + setting);
            }
            statement.execute("select pg_reload_conf()");
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
        String slug = product.demo().path("tenants").path(0).path("slug").asText();
        product.demoTenant(slug).get("/api/v1/me");
        return new StatementLog(product.databaseLog(), product.judge());
    }

    /// Fails if a statement since the last call reached a tenant's table without the tenant as a bound value, or if
    /// there was none at all since the beginning.
    void check() {
        Set<String> statements = statements();
        any |= !statements.isEmpty();
        if (!any) {
            throw new AssertionError("The database has written down no statement of the platform's: " + file);
        }
        for (String statement : statements) {
            judge.fault(statement).ifPresent(fault -> {
                throw new AssertionError(fault + "\nin: " + statement);
            });
        }
    }

    private Set<String> statements() {
        Set<String> statements = new LinkedHashSet<>();
        for (String entry : BEGINNING.split(fresh(), -1)) {
            Matcher found = ENTRY.matcher(entry.strip().replace("\n\t", "\n"));
            if (found.matches()) {
                statements.add(found.group(1));
            }
        }
        return statements;
    }

    private String fresh() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(log.length() - read)];
            log.seek(read);
            log.readFully(bytes);
            read += bytes.length;
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
