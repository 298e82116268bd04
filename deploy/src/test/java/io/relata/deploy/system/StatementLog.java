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

    private static final String MARK = "@statement ";

    private static final List<String> SETTINGS = List.of(
            "log_destination = 'stderr'",
            "log_line_prefix = '" + MARK + "%u@%d '",
            "log_statement = 'all'",
            "log_parameter_max_length = 0");

    private static final Pattern ENTRY =
            Pattern.compile("(?s)^relata_app@relata LOG:  (?:execute [^:]*|statement): (.*)$");

    private final Path file;
    private final StatementJudge judge;
    private long read;

    private StatementLog(Path file, StatementJudge judge) {
        this.file = file;
        this.judge = judge;
    }

    /// Has the database write down what it is asked from now on.
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
        return new StatementLog(product.databaseLog(), product.judge());
    }

    /// Fails if a statement since the last call reached a tenant's table without the tenant as a bound value.
    ///
    /// @return how many different ones there were
    int check() {
        Set<String> statements = statements();
        for (String statement : statements) {
            judge.fault(statement).ifPresent(fault -> {
                throw new AssertionError(fault + "\nin: " + statement);
            });
        }
        return statements.size();
    }

    private Set<String> statements() {
        Set<String> statements = new LinkedHashSet<>();
        for (String entry : fresh().split(Pattern.quote(MARK), -1)) {
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
