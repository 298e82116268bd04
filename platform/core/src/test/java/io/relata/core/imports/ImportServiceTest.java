package io.relata.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestDatabase;
import io.relata.core.job.Fault;
import io.relata.core.job.Job.State;
import io.relata.core.plugin.TestSolution;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files become records: which rows are taken, which are refused, and why.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportServiceTest {

    private static final String COMPANIES = """
            {"entity":"company","key":"number","empty":["NULL"],"columns":[
             {"column":"no","field":"number"},{"column":"name","field":"name"},
             {"column":"staff","field":"employees"},{"column":"parent","field":"parent"}]}""";
    private static final String DEALS = """
            {"entity":"deal","columns":[{"column":"name","field":"name"},{"column":"stage","field":"stage"},
             {"column":"amount","field":"amount"},{"column":"company","field":"company","corrections":{"Acmee":"Acme"}}]}""";

    private final LocalPostgres postgres;
    private ImportWorld world;
    private Path files;

    ImportServiceTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void create(@TempDir Path plugins, @TempDir Path files) throws IOException, SQLException {
        TestSolution.writeTo(plugins);
        this.files = files;
        world = ImportWorld.create(TestDatabase.create(postgres, plugins), plugins, files);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void makesRecordsOfRows() throws IOException, SQLException {
        CallContext context = world.member();

        ImportJob job = world.run(context, COMPANIES, "no,name,staff,parent\n1,Acme,12,\n2,\"Sons, Ltd\",NULL,Acme\n");

        // The parent is a row of the same batch: not there yet when the names are looked up.
        assertThat(job.state()).isEqualTo(State.DONE);
        assertThat(job.total()).isEqualTo(2);
        assertThat(job.counts()).isEqualTo(new ImportCounts(2, 1, 0, 0, 1));
        assertThat(world.records(context, "record_shared", "t02, t01, n01")).containsExactly("1|Acme|12|1");
        assertThat(world.database().all("select origin from relata.audit where tenant_id = ?", context.tenant()))
                .containsExactly("import");
    }

    @Test
    void changesNothingTheSecondTime() throws IOException, SQLException {
        CallContext context = world.member();
        String csv = "no,name,staff,parent\n1,Acme,12,\n2,Sons,7,Acme\n";
        world.run(context, COMPANIES, csv);
        world.run(context, COMPANIES, csv);

        ImportJob again = world.run(context, COMPANIES, csv);

        assertThat(again.counts()).isEqualTo(new ImportCounts(2, 0, 0, 2, 0));
        assertThat(world.records(context, "record_shared", "t02, t01")).containsExactly("1|Acme|1", "2|Sons|1");
    }

    @Test
    void namesATieByThePairItTies() throws IOException, SQLException {
        CallContext context = world.member();
        world.relata().metadata().createEntity(TestCalls.administrator(context.tenant()), ImportWorld.json("""
                {"name": "c_friend", "label": {"en": "Friend"}, "pluralLabel": {"en": "Friends"},
                 "link": [{"lookup": "c_one", "collection": "c_ones"}, {"lookup": "c_two", "collection": "c_twos"}],
                 "fields": [
                  {"name": "c_how", "type": "text", "label": {"en": "How"}},
                  {"name": "c_one", "type": "lookup", "target": "company", "required": true, "label": {"en": "One"}},
                  {"name": "c_two", "type": "lookup", "target": "company", "required": true, "label": {"en": "Two"}}]}
                """));
        String mapping = """
                {"entity": "c_friend", "columns": [{"field": "c_one", "column": "a"}, {"field": "c_two", "column": "b"},
                 {"field": "c_how", "column": "how"}]}
                """;
        world.run(context, COMPANIES, "no,name,staff,parent\n1,Acme,1,\n2,Sons,1,\n3,Bros,1,\n");
        String csv = "a,b,how\nAcme,Sons,well\nSons,Acme,well\nAcme,Bros,\n";

        assertThat(world.run(context, mapping, csv).counts()).isEqualTo(new ImportCounts(3, 3, 0, 0, 0));
        assertThat(world.run(context, mapping, csv).counts()).isEqualTo(new ImportCounts(3, 0, 0, 3, 0));
        assertThat(world.run(context, mapping, "a,b,how\nAcme,Sons,badly\nAcme,Sons,badly\nBros,Sons,new\n")
                        .counts())
                .isEqualTo(new ImportCounts(3, 1, 1, 1, 0));
    }

    @Test
    void updatesByKeyAndEmptiesWhatIsEmpty() throws IOException, SQLException {
        CallContext context = world.member();
        world.run(context, COMPANIES, "no,name,staff,parent\n1,Acme,12,\n");

        ImportJob job = world.run(context, COMPANIES, "no,name,staff,parent\n1,Acme Inc,NULL,\n");

        assertThat(job.counts()).isEqualTo(new ImportCounts(1, 0, 1, 0, 0));
        assertThat(world.records(context, "record_shared", "t02, t01, n01")).containsExactly("1|Acme Inc|2");
    }

    @Test
    void takesAKeyThatComesTwiceInOrder() throws IOException, SQLException {
        CallContext context = world.member();

        ImportJob job =
                world.run(context, COMPANIES, "no,name,staff,parent\n1,First,1,\n2,Other,1,\n1,Last,2,\n1,Last,2,\n");

        assertThat(job.counts()).isEqualTo(new ImportCounts(4, 2, 1, 1, 0));
        assertThat(world.records(context, "record_shared", "t02, t01, n01"))
                .containsExactly("1|Last|2|2", "2|Other|1|1");
    }

    @Test
    void refusesRowsWithTheirReasonsAndTakesTheOthers() throws IOException, SQLException {
        CallContext context = world.member();
        world.run(context, COMPANIES, "no,name,staff,parent\n1,Acme,1,\n2,Twin,1,\n3,Twin,1,\n");

        ImportJob job = world.run(context, DEALS, """
                name,stage,amount,company
                good,won,10.50,Acme
                "two
                lines",open,x,Nobody
                ragged,won
                twins,won,1,Twin
                ,maybe,-1,
                also good,Open,,Acmee
                """);

        assertThat(job.counts()).isEqualTo(new ImportCounts(6, 2, 0, 0, 4));
        assertThat(world.rejects(context, job))
                .flatExtracting(reject -> reject.faults().stream()
                        .map(fault -> tuple(
                                reject.rowNumber(),
                                reject.line(),
                                fault.column(),
                                fault.field(),
                                fault.value(),
                                fault.code()))
                        .toList())
                .containsExactlyInAnyOrder(
                        tuple(2L, 3L, "company", "companyId", "Nobody", "import.lookup-missing"),
                        tuple(2L, 3L, "amount", "amount", "x", "expects-number"),
                        tuple(3L, 5L, null, null, null, "import.ragged"),
                        tuple(4L, 6L, "company", "companyId", "Twin", "import.lookup-ambiguous"),
                        tuple(5L, 7L, "name", "name", null, "required"),
                        tuple(5L, 7L, "stage", "stage", "maybe", "not-an-option"),
                        tuple(5L, 7L, "amount", "amount", "-1", "too-small"));
        assertThat(world.rejects(context, job).getFirst().cells()).containsExactly("two\nlines", "open", "x", "Nobody");
        assertThat(world.records(context, "record_deal", "t01, t02, n01"))
                .containsExactly("also good|open|1", "good|won|1050|1");
    }

    @Test
    void aNameThatOnlyAHiddenRecordHasMeansNothing() throws IOException, SQLException {
        CallContext owner = world.member();
        world.run(owner, COMPANIES, "no,name,staff,parent\n1,Acme,1,\n2,Twin,1,\n3,Twin,1,\n");
        CallContext narrow = world.anotherMember(owner);
        CallContext administrator = TestCalls.administrator(owner.tenant());
        world.relata().access().put(administrator, "roles", "narrow", (ObjectNode)
                ImportWorld.json("{\"entities\":{\"*\":{\"read\":\"own\",\"create\":\"own\",\"update\":\"own\"}}}"));
        world.relata().access().put(administrator, "users", narrow.user().toString(), (ObjectNode)
                ImportWorld.json("{\"unit\":null,\"roles\":[\"narrow\"]}"));

        ImportJob job = world.run(
                narrow, DEALS, "name,stage,amount,company\na,won,1,Acme\nb,won,1,Nobody\nc,won,1,Twin\nd,won,1,acme\n");

        assertThat(world.rejects(narrow, job))
                .flatExtracting(ImportReject::faults)
                .extracting(Fault::code)
                .containsExactly(
                        "import.lookup-missing",
                        "import.lookup-missing",
                        "import.lookup-missing",
                        "import.lookup-missing");
        assertThat(world.run(owner, DEALS, "name,stage,amount,company\na,won,1,Acme\n")
                        .counts()
                        .created())
                .isEqualTo(1);
    }

    @Test
    void findsNamesInAnyCaseButPrefersTheExactOne() throws IOException, SQLException {
        CallContext context = world.member();
        world.run(context, COMPANIES, "no,name,staff,parent\n1,Éclair Ltd,1,\n2,ECHO,1,\n3,Echo,1,\n");

        ImportJob job = world.run(
                context, DEALS, "name,stage,amount,company\na,won,1, éCLAIR ltd \nb,won,1,Echo\nc,won,1,echo\n");

        assertThat(job.counts().created()).isEqualTo(2);
        assertThat(world.rejects(context, job))
                .singleElement()
                .satisfies(reject -> assertThat(reject.faults())
                        .extracting(Fault::code, Fault::value)
                        .containsExactly(tuple("import.lookup-ambiguous", "echo")));
    }

    @Test
    void seesNothingOfAnotherTenant() throws IOException, SQLException {
        CallContext context = world.member();
        CallContext other = world.member();
        ImportJob theirs = world.run(other, COMPANIES, "no,name,staff,parent\n1,Acme,1,\n");

        ImportJob job = world.run(context, DEALS, "name,stage,amount,company\na,won,1,Acme\n");

        assertThat(job.counts().rejected()).isEqualTo(1);
        assertThat(world.imports().newest(context)).extracting(ImportJob::id).containsExactly(job.id());
        assertThatThrownBy(() -> world.imports().find(context, theirs.id())).hasMessageContaining("not-found");
        assertThatThrownBy(() -> world.imports().cancel(context, theirs.id())).hasMessageContaining("not-found");
        assertThatThrownBy(() -> world.imports().rejects(context, theirs.id(), 0, 1))
                .hasMessageContaining("not-found");
        assertThatThrownBy(() -> world.imports().rejectsCsv(context, theirs.id()))
                .hasMessageContaining("not-found");
    }

    @Test
    void readsGb18030() throws IOException, SQLException {
        CallContext context = world.member();
        String mapping = COMPANIES.replace("\"key\"", "\"encoding\":\"GB18030\",\"key\"");

        world.submit(context, mapping, "no,name,staff,parent\n1,星河科技（重庆）,3,\n".getBytes(CsvFormat.GB18030));
        world.turn(context);

        assertThat(world.records(context, "record_shared", "t01")).containsExactly("星河科技（重庆）|1");
    }

    @Test
    void refusesBrokenFilesWhole() throws IOException, SQLException {
        CallContext context = world.member();
        String header = "no,name,staff,parent\n";

        assertRefused(context, "", "import.empty-file");
        assertRefused(context, "\n", "import.no-header");
        assertRefused(context, "no,name,name,staff,parent\n", "import.header-twice");
        assertRefused(context, header + "1,\"Acme,1,\n", "import.syntax [2]");
        byte[] latin = (header + "1,Acme,1,\n2,Olé,1,\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> world.submit(context, COMPANIES, latin))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.encoding [3, UTF-8]");
        assertThat(world.imports().newest(context)).isEmpty();
        assertThat(world.count(context, "record_shared")).isZero();
        assertThat(filesOf(context)).isEmpty();
    }

    private void assertRefused(CallContext context, String csv, String reason) {
        assertThatThrownBy(() -> world.submit(context, COMPANIES, csv))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void namesEverythingWrongWithAMapping() throws SQLException {
        CallContext context = world.member();

        assertThatThrownBy(() -> world.submit(
                        context,
                        "{\"entity\":\"deal\",\"columns\":[{\"column\":\"x\",\"field\":\"ghost\"},{\"column\":\"name\",\"field\":\"score\"}]}",
                        "name\n1\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations())
                                .extracting(Violation::field, Violation::code)
                                .containsExactlyInAnyOrder(
                                        tuple("columns[0].field", "field-unknown"),
                                        tuple("columns[0].column", "import.unknown-column"),
                                        tuple("columns[1].field", "read-only"),
                                        tuple("columns", "import.required-unmapped")));
    }

    @Test
    void endsAFileWithoutRowsWell() throws IOException, SQLException {
        CallContext context = world.member();

        ImportJob job = world.run(context, COMPANIES, "no,name,staff,parent\n");

        assertThat(job.state()).isEqualTo(State.DONE);
        assertThat(job.counts()).isEqualTo(new ImportCounts(0, 0, 0, 0, 0));
        assertThat(filesOf(context)).isEmpty();
    }

    @Test
    void keepsTextsThatOthersStumbleOver() throws IOException, SQLException {
        CallContext context = world.member();
        String nasty = "Robert'); DROP TABLE students;-- 👩‍👩‍👧 \u202Eabc";

        ImportJob job = world.run(
                context, COMPANIES, "no,name,staff,parent\n1,\"" + nasty + "\",,\n2,nul\u0000,,\n=1+1,formula,,\n");

        assertThat(job.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1));
        assertThat(world.rejects(context, job).getFirst().faults())
                .extracting(Fault::column, Fault::code)
                .containsExactly(tuple("name", "bad-characters"));
        assertThat(world.records(context, "record_shared", "t02, t01"))
                .containsExactly("1|" + nasty + "|1", "=1+1|formula|1");
    }

    private List<Path> filesOf(CallContext context) throws IOException {
        Path folder = files.resolve(context.tenant().toString());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
