package io.relata.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.ODataService;
import io.relata.core.plugin.TestSolution;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecycleBin;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Each predicate on the tenant is taken out of the engine's statements in turn: row-level security gives the same
/// answers
/// all the same. As somebody whom it does not bind the answers are others, so the test sees what it should.
@ExtendWith(PostgresExtension.class)
class TenantMutantsTest {

    private final LocalPostgres postgres;
    private final Path folder;
    private final TestDatabase database;
    private final TestClock clock = new TestClock();
    private final CallContext one;
    private final CallContext other;
    private UUID mine = new UUID(0, 0);
    private UUID theirs = new UUID(0, 0);

    TenantMutantsTest(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        this.postgres = postgres;
        this.folder = folder;
        TestSolution.writeTo(Files.createDirectories(folder.resolve("plugins")));
        this.database = TestDatabase.create(postgres, folder.resolve("plugins"));
        this.one = TestCalls.administrator(database.tenant("one", "test"));
        this.other = TestCalls.administrator(database.tenant("other", "test"));
        try (Relata relata = start(database.application())) {
            mine = fill(relata, one, "Mine");
            theirs = fill(relata, other, "Theirs");
        }
    }

    private Relata start(DataSource source) {
        return Relata.start(new Relata.Settings(source, clock, folder.resolve("plugins"), folder.resolve("files")));
    }

    private static UUID fill(Relata relata, CallContext call, String name) {
        UUID last = new UUID(0, 0);
        for (int i = 0; i < 3; i++) {
            last = relata.writer()
                    .create(call, "company", TestEngine.values("name", name + " " + i, "employees", i))
                    .id();
            relata.writer()
                    .create(
                            call,
                            "deal",
                            TestEngine.values("name", name + " deal " + i, "companyId", last.toString(), "amount", i));
        }
        relata.writer().update(call, "company", last, null, TestEngine.values("employees", 7));
        UUID gone = relata.writer()
                .create(call, "company", TestEngine.values("name", name + " gone"))
                .id();
        relata.writer().delete(call, "company", gone, null);
        return last;
    }

    @Test
    void rowLevelSecurityHoldsWhateverPredicateIsMissing() {
        Mutating source = new Mutating(postgres.dataSource(database.name(), "relata_app", TestDatabase.PASSWORD));
        assertThat(killed(source)).isZero();
        assertThat(source.wanted).as("predicates that were taken out").isGreaterThan(25);
    }

    @Test
    void withoutItTheAnswersAreOthers() {
        Mutating source =
                new Mutating(postgres.dataSource(database.name(), LocalPostgres.SUPERUSER, postgres.password()));
        assertThat(killed(source)).isGreaterThan(10);
    }

    /// Returns how many mutants answer otherwise.
    private int killed(Mutating source) {
        try (Relata relata = start(source)) {
            ODataService odata = new ODataService(
                    relata.metadata()::snapshot,
                    new RecordReader(relata.transactions(), Duration.ofSeconds(10)),
                    clock,
                    URI.create("http://localhost/"));
            source.take(-1);
            String whole = answers(relata, odata);
            assertThat(whole).contains("Mine").doesNotContain("Theirs");
            int killed = 0;
            for (int i = 0; ; i++) {
                source.take(i);
                String answers = answers(relata, odata);
                if (source.seen <= i) {
                    return killed;
                }
                killed += answers.equals(whole) ? 0 : 1;
            }
        }
    }

    private String answers(Relata relata, ODataService odata) {
        relata.transactions().recall().forget(one.tenant());
        EntityDefinition company = odata.entity(one, "companies");
        List<Supplier<Object>> requests = List.of(
                () -> list(odata, "companies", "$orderby=name&$count=true"),
                () -> list(odata, "deals", "$expand=company&$orderby=name"),
                () -> list(odata, "deals", "$filter=company/employees ge 0&$orderby=company/name,name"),
                () -> list(odata, "companies", "$filter=deals/any(d:d/amount ge 0)&$expand=deals&$orderby=name"),
                () -> list(odata, "deals", "$apply=groupby((company/name),aggregate(amount with sum as n))"),
                () -> list(odata, "companies", "$search=Mine OR Theirs&$orderby=name"),
                () -> list(odata, "companies", "$top=1&$skip=1&$orderby=employees"),
                () -> odata.count(one, "companies", null),
                () -> odata.get(one, "companies", theirs, null).record().id(),
                () -> odata.get(one, "companies", mine, null).record().id(),
                () -> relata.history().of(one, "company", theirs).size(),
                () -> relata.history().of(one, "company", mine).size(),
                () -> relata.feed().read(one, company, null, 100).events().size(),
                () -> new RecycleBin(relata.transactions()).list(one, company, null, 10),
                () -> relata.writer()
                        .update(one, "company", theirs, null, TestEngine.values("name", "Taken"))
                        .id(),
                () -> relata.writer().delete(one, "company", theirs, null).id(),
                () -> relata.access().list(one, "roles"));
        List<String> answers = new ArrayList<>();
        for (Supplier<Object> request : requests) {
            try {
                answers.add(String.valueOf(request.get()));
            } catch (ProblemException refusal) {
                answers.add(refusal.code().name());
            } catch (DataAccessException failure) {
                answers.add("failed " + failure.sqlState());
            }
        }
        return String.join("\n", answers);
    }

    private String list(ODataService odata, String set, String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8)
                .replace("%24", "$")
                .replace("%3D", "=")
                .replace("%26", "&")
                .replace("+", "%20");
        try {
            odata.list(one, set, encoded).writeTo(out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Takes one predicate out of the statements: that with the number, counted from where [#take] was asked.
    private static final class Mutating extends WrappedDataSource {

        private static final Pattern PREDICATE =
                Pattern.compile("(?:\"?\\w+\"?\\.)*\"?tenant_id\"? = (cast\\(\\? as uuid\\)|\\?)");

        private int wanted;
        private int seen;

        Mutating(DataSource source) {
            super(source);
        }

        void take(int number) {
            wanted = number;
            seen = 0;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = source.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            arguments[0] = mutated((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException exception) {
                            throw exception.getCause();
                        }
                    });
        }

        private String mutated(String statement) {
            Matcher predicates = PREDICATE.matcher(statement);
            StringBuilder mutated = new StringBuilder();
            while (predicates.find()) {
                String kept = seen++ == wanted ? predicates.group(1) + " is not null" : predicates.group();
                predicates.appendReplacement(mutated, Matcher.quoteReplacement(kept));
            }
            return predicates.appendTail(mutated).toString();
        }
    }
}
