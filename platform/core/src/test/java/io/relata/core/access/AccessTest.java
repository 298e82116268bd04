package io.relata.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.audit.AuditEntry;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportService;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.core.record.AccessExplanation;
import io.relata.core.record.AuditLog;
import io.relata.core.record.RecordAssignment;
import io.relata.core.record.RecordInput;
import io.relata.core.record.WriteTransaction;
import io.relata.core.rollup.RollUpKind;
import io.relata.core.search.GlobalSearch;
import io.relata.core.search.SearchResult;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two units, one below the other, and a third; a user in each, who owns one company; roles narrow what they reach.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REST = "'create':'tenant','assign':'tenant','share':'tenant','export':'tenant'";

    private final LocalPostgres postgres;
    private TestEngine engine;
    private ODataService odata;
    private CallContext administrator;
    private CallContext head;
    private CallContext north;
    private CallContext south;
    private UUID ofHead;
    private UUID ofNorth;
    private UUID ofSouth;
    private final UUID headUnit = UUID.randomUUID();
    private final UUID northUnit = UUID.randomUUID();

    AccessTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        RecordReader reader = new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10));
        odata = new ODataService(
                engine.relata().metadata()::snapshot, reader, engine.clock(), URI.create("http://localhost/data/"));
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @BeforeEach
    void people() throws SQLException {
        administrator = engine.tenant("t" + UUID.randomUUID());
        put("units", headUnit.toString(), "{'name':'Head'}");
        put("units", northUnit.toString(), "{'name':'North','parent':'" + headUnit + "'}");
        head = member();
        north = member();
        south = member();
        put("roles", "narrow", role("own"));
        user(head, headUnit, "narrow");
        user(north, northUnit, "narrow");
        user(south, null, "narrow");
        ofHead = company(head, "Head Ltd", 10);
        ofNorth = company(north, "North Ltd", 20);
        ofSouth = company(south, "South Ltd", 30);
    }

    @Test
    void whoHasNoRolesOfTheirOwnReachesEverything() throws SQLException {
        CallContext anybody = member();
        assertThat(names(anybody)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
        assertThat(names(administrator)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
    }

    @Test
    void everyLevelReachesWhatItSays() {
        assertThat(names(head)).containsExactly("Head Ltd");
        put("roles", "narrow", role("unit"));
        assertThat(names(head)).containsExactly("Head Ltd");
        user(south, headUnit, "narrow");
        assertThat(names(head)).containsExactly("Head Ltd", "South Ltd");
        put("roles", "narrow", role("tree"));
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
        assertThat(names(north)).containsExactly("North Ltd");
        put("roles", "narrow", role("none"));
        assertThat(names(head)).isEmpty();
        put("roles", "narrow", role("tenant"));
        assertThat(names(north)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
    }

    @Test
    void aManagerReadsWhatThoseOwnWhomHeLeadsAndChangesWhatTheDirectOnesOwn() {
        led(north, head);
        led(south, north);
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
        assertThat(names(north)).containsExactly("North Ltd", "South Ltd");
        assertThat(names(south)).containsExactly("South Ltd");
        engine.update(head, "company", ofNorth, "name", "North by Head");
        refused(ProblemCode.FORBIDDEN, () -> engine.update(head, "company", ofSouth, "name", "X"));
        refused(ProblemCode.FORBIDDEN, () -> engine.relata().writer().delete(head, "company", ofNorth, null));
        refused(ProblemCode.NOT_FOUND, () -> engine.update(south, "company", ofNorth, "name", "X"));
        assertThat(explain(head, ofNorth, head.user()))
                .extracting(
                        AccessExplanation.Way::kind, AccessExplanation.Way::through, AccessExplanation.Way::updatable)
                .containsExactly(tuple("manager", north.user(), true));
        assertThat(explain(head, ofSouth, head.user()))
                .extracting(AccessExplanation.Way::kind, AccessExplanation.Way::updatable)
                .containsExactly(tuple("manager", false));
        put("roles", "narrow", role("none"));
        assertThat(names(head))
                .as("whoever may read nothing leads nobody to it")
                .isEmpty();
    }

    @Test
    void nobodyIsLedInACircle() {
        led(north, head);
        led(south, north);
        for (CallContext below : List.of(head, north, south)) {
            ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> led(head, below));
            assertThat(refusal.violations()).extracting(Violation::code).containsExactly("access-manager-loop");
        }
        ProblemException stranger = catchThrowableOfType(
                ProblemException.class,
                () -> put("users", head.user().toString(), "{'roles':[],'manager':'" + UUID.randomUUID() + "'}"));
        assertThat(stranger.violations()).extracting(Violation::code).containsExactly("user-missing");
    }

    @Test
    void rolesAddUpAndTeamsCarryThem() {
        UUID team = UUID.randomUUID();
        put("roles", "wide", role("tenant"));
        put(
                "teams",
                team.toString(),
                "{'name':'Auditors','roles':['wide'],'members':[{'user':'" + head.user() + "'}]}");
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
        put(
                "teams",
                team.toString(),
                "{'name':'Auditors','roles':['wide'],'members':[{'user':'" + head.user() + "','to':'2020-01-01'}]}");
        assertThat(names(head)).containsExactly("Head Ltd");
        put(
                "teams",
                team.toString(),
                "{'name':'Auditors','roles':['wide'],'members':[{'user':'" + head.user() + "','from':'2999-01-01'}]}");
        assertThat(names(head)).containsExactly("Head Ltd");
    }

    @Test
    void whatATeamOwnsItsMembersReach() {
        UUID team = UUID.randomUUID();
        put("teams", team.toString(), "{'name':'Pool','roles':[],'members':[{'user':'" + head.user() + "'}]}");
        put("roles", "narrow", role("unit"));
        assign(administrator, ofSouth, team);
        assertThat(names(head)).containsExactly("Head Ltd", "South Ltd");
        assertThat(names(south)).isEmpty();
        assertThat(engine.relata().history().of(administrator, "company", ofSouth))
                .hasSize(2);
    }

    @Test
    void aSharedRecordIsReachedUntilTheShareEnds() {
        share(administrator, ofSouth, head.user(), "{'level':'read'}");
        assertThat(names(head)).containsExactly("Head Ltd", "South Ltd");
        refused(ProblemCode.FORBIDDEN, () -> engine.update(head, "company", ofSouth, "name", "X"));
        refused(ProblemCode.FORBIDDEN, () -> engine.relata().writer().delete(head, "company", ofSouth, null));
        share(administrator, ofSouth, head.user(), "{'level':'update'}");
        engine.update(head, "company", ofSouth, "employees", 31);
        share(administrator, ofSouth, head.user(), "{'level':'update','until':'2020-01-01T00:00:00Z'}");
        assertThat(names(head)).containsExactly("Head Ltd");
        refused(ProblemCode.NOT_FOUND, () -> engine.update(head, "company", ofSouth, "name", "X"));
    }

    @Test
    void aRuleWorksAtOnceAndFollowsTheRecord() {
        UUID rule = UUID.randomUUID();
        put(
                "rules",
                rule.toString(),
                "{'name':'Big ones','entity':'company','filter':'employees ge 20','principal':'" + head.user()
                        + "','level':'read'}");
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd", "South Ltd");
        assertThat(engine.relata().access().list(administrator, "rules"))
                .as("by the name under which it was stored")
                .extracting(one -> one.path("entity").asText())
                .contains("company");
        engine.update(administrator, "company", ofSouth, "employees", 5);
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd");
        refused(ProblemCode.FORBIDDEN, () -> engine.update(head, "company", ofNorth, "name", "X"));
        engine.relata().access().delete(administrator, "rules", rule.toString());
        assertThat(names(head)).containsExactly("Head Ltd");
    }

    @Test
    void nobodyChangesARecordOutOfTheirOwnSight() {
        String rule = UUID.randomUUID().toString();
        put(
                "rules",
                rule,
                "{'name':'Big ones','entity':'company','filter':'employees ge 20','principal':'" + head.user()
                        + "','level':'update'}");
        engine.update(head, "company", ofNorth, "employees", 25);
        ProblemException lost =
                refused(ProblemCode.FORBIDDEN, () -> engine.update(head, "company", ofNorth, "employees", 5));
        assertThat(lost.detail()).isEqualTo("access-lost");
        assertThat(names(head)).contains("North Ltd");
        engine.update(head, "company", ofHead, "employees", 5);
        engine.update(administrator, "company", ofNorth, "employees", 20);
        share(administrator, ofNorth, head.user(), "{'level':'read'}");
        engine.update(head, "company", ofNorth, "employees", 5);
        assertThat(names(head)).contains("North Ltd");
    }

    /// Every way to ask gives the same answer: what is not reached does not exist.
    @Test
    void nothingTellsOfARecordThatIsNotReached() {
        UUID deal = deal(head, "Mine", ofHead);
        assertThat(odata.count(head, "companies", null)).isEqualTo(1);
        assertThat(list(head, "companies", "$filter=" + encoded("employees ge 20")))
                .doesNotContain("Ltd");
        assertThat(list(head, "companies", "$apply=" + encoded("aggregate(employees with sum as n,$count as m)")))
                .contains("\"n\":10")
                .contains("\"m\":1");
        assertThat(list(head, "companies", "$orderby=employees%20desc&$top=1")).contains("Head Ltd");
        assertThat(list(head, "companies", "$search=South")).doesNotContain("South");
        engine.update(administrator, "deal", deal, "companyId", ofSouth.toString());
        assertThat(list(head, "deals", "$expand=company"))
                .contains("\"company\":null")
                .doesNotContain("South");
        assertThat(list(head, "deals", "$filter=" + encoded("company/name eq 'South Ltd'")))
                .doesNotContain("Mine");
        assertThat(list(head, "deals", "$apply=" + encoded("groupby((company/name))")))
                .doesNotContain("South");
        assertThat(list(head, "deals", "$orderby=company/name")).contains("Mine");
        deal(administrator, "Hers", ofHead);
        assertThat(list(head, "companies", "$filter=" + encoded("deals/any(d:d/name eq 'Hers')")))
                .doesNotContain("Head Ltd");
        refused(ProblemCode.NOT_FOUND, () -> odata.get(head, "companies", ofSouth, null));
        refused(ProblemCode.NOT_FOUND, () -> engine.relata().history().of(head, "company", ofSouth));
        refused(ProblemCode.NOT_FOUND, () -> explain(head, ofSouth, head.user()));
        assertThat(engine.relata()
                        .feed()
                        .read(head, odata.entity(head, "companies"), null, 100)
                        .events())
                .allSatisfy(event -> assertThat(event.record()).isEqualTo(ofHead));
        assertThat(search(head, "Ltd")).containsExactly(ofHead);
        assertThat(search(administrator, "Ltd")).containsExactlyInAnyOrder(ofHead, ofNorth, ofSouth);
        ProblemException missing = refused(
                ProblemCode.VALIDATION, () -> engine.update(head, "deal", deal, "companyId", ofNorth.toString()));
        assertThat(missing.violations().getFirst().code()).isEqualTo("lookup-missing");
    }

    @Test
    void aSearchIsNotCrowdedOutByWhatIsNotReachedAndDoesNotCountIt() {
        UUID own = engine.create(head, "company", "name", "Common of head").id();
        engine.relata().writer().transaction(administrator, tx -> {
            List<RecordInput> others = new ArrayList<>();
            for (int i = 0; i < 1_100; i++) {
                others.add(new RecordInput(null, null, TestEngine.values("name", "Common " + i), Form.JSON));
            }
            return engine.relata().writer().saveAll(tx, tx.entity("company"), others);
        });

        assertThat(search(head, "common")).containsExactly(own);
        assertThat(search(head, "common head")).containsExactly(own);
        assertThat(found(head, "common").groups()).allMatch(SearchResult.Group::exact);
        assertThat(found(administrator, "common").groups()).noneMatch(SearchResult.Group::exact);
    }

    @Test
    void aSearchCorrectsWithTheWordsThatAreReachedOnly() {
        engine.create(administrator, "company", "name", "Kestrel");
        engine.create(administrator, "company", "name", "Falkon");
        UUID own = engine.create(head, "company", "name", "Falcon").id();

        SearchResult hidden = found(head, "kestrle");
        assertThat(hidden.misspelt()).isFalse();
        assertThat(hidden.groups()).isEmpty();
        assertThat(found(administrator, "kestrle").misspelt()).isTrue();
        SearchResult corrected = found(head, "falkon");
        assertThat(corrected.misspelt()).as("what others have is no word").isTrue();
        assertThat(search(head, "falkon")).containsExactly(own);
        assertThat(list(head, "companies", "$search=falkon")).contains("Falcon").doesNotContain("Falkon");
    }

    private SearchResult found(CallContext call, String words) {
        return new GlobalSearch(
                        engine.relata().transactions(),
                        engine.relata().metadata()::snapshot,
                        TestJobs.of(engine).work().search(),
                        Duration.ofSeconds(10))
                .search(call, new GlobalSearch.Wish(words, List.of("companies"), 10, null));
    }

    @Test
    void theWayThroughAHierarchyLeadsOverNothingHidden() {
        engine.relata().metadata().createEntity(administrator, json("""
                {'name': 'c_place', 'label': {'en': 'Place'}, 'pluralLabel': {'en': 'Places'},
                 'fields': [{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},
                            {'name': 'c_in', 'type': 'lookup', 'target': 'c_place', 'hierarchical': true, 'label': {'en': 'In'}}]}
                """));
        EntityDefinition place = engine.relata()
                .metadata()
                .snapshot(administrator.tenant())
                .entity("c_place")
                .orElseThrow();
        String lookup = place.field("c_in").orElseThrow().property();
        UUID top = engine.create(head, "c_place", "c_name", "Top").id();
        UUID middle = engine.create(north, "c_place", "c_name", "Middle").id();
        UUID below = engine.create(head, "c_place", "c_name", "Below").id();
        engine.update(administrator, "c_place", middle, lookup, top.toString());
        engine.update(administrator, "c_place", below, lookup, middle.toString());
        String query = "$filter=" + encoded("Relata.Under(" + lookup + "," + top + ")");
        String set = place.setName();

        assertThat(list(administrator, set, query)).contains("Middle", "Below");
        assertThat(list(head, set, query)).doesNotContain("Middle", "Below");
        assertThat(list(north, set, query)).contains("Middle").doesNotContain("Below");
    }

    @Test
    void whatIsRefusedChangesNothing() throws SQLException {
        put("roles", "narrow", "{'entities':{'*':{'read':'tenant','create':'own','update':'own','delete':'own'}}}");
        String before = everything();
        refused(ProblemCode.FORBIDDEN, () -> engine.update(head, "company", ofSouth, "name", "Taken"));
        refused(ProblemCode.FORBIDDEN, () -> engine.relata().writer().delete(head, "company", ofSouth, null));
        refused(ProblemCode.FORBIDDEN, () -> assign(head, ofHead, north.user()));
        refused(ProblemCode.FORBIDDEN, () -> assign(head, ofSouth, head.user()));
        refused(ProblemCode.FORBIDDEN, () -> share(head, ofSouth, head.user(), "{'level':'update'}"));
        refused(
                ProblemCode.FORBIDDEN,
                () -> engine.relata().access().put(head, "roles", "narrow", json(role("tenant"))));
        refused(ProblemCode.FORBIDDEN, () -> engine.relata().access().list(head, "users"));
        refused(ProblemCode.FORBIDDEN, () -> explain(head, ofSouth, north.user()));
        put("roles", "narrow", "{'entities':{'*':{'read':'own','update':'tenant','delete':'tenant'}}}");
        String narrowed = everything();
        refused(ProblemCode.FORBIDDEN, () -> company(head, "New", 1));
        refused(ProblemCode.NOT_FOUND, () -> engine.update(head, "company", ofSouth, "name", "Taken"));
        refused(ProblemCode.NOT_FOUND, () -> engine.relata().writer().delete(head, "company", ofSouth, null));
        refused(ProblemCode.NOT_FOUND, () -> assign(head, ofSouth, head.user()));
        assertThat(everything()).isEqualTo(narrowed);
        put("roles", "narrow", "{'entities':{'*':{'read':'tenant','create':'own','update':'own','delete':'own'}}}");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aRecordIsGivenOnlyToWhomTheLevelReaches() {
        put("roles", "narrow", "{'entities':{'*':{'read':'tree','assign':'tree'}}}");
        refused(ProblemCode.FORBIDDEN, () -> assign(head, ofHead, south.user()));
        assign(head, ofHead, north.user());
        assertThat(names(head)).containsExactly("Head Ltd", "North Ltd");
        assertThat(names(north)).containsExactly("Head Ltd", "North Ltd");
    }

    @Test
    void whatSomebodyHadDoneInTheBackgroundIsTheirs() {
        try (TestJobs jobs = TestJobs.of(engine)) {
            ExportService exports = jobs.work().exports();
            UUID mine = done(head, tx -> exports.submit(tx, exports.check(head, "companies", "", ExportForm.RAW)))
                    .id();
            assertThat(jobs.work().jobs().find(head, mine, null).id()).isEqualTo(mine);
            assertThat(jobs.work().jobs().find(administrator, mine, null).id()).isEqualTo(mine);
            assertThat(jobs.work().jobs().newest(north, null)).isEmpty();
            refused(ProblemCode.NOT_FOUND, () -> jobs.work().jobs().find(north, mine, null));
            refused(ProblemCode.NOT_FOUND, () -> jobs.work().jobs().cancel(north, mine, null));
            refused(ProblemCode.NOT_FOUND, () -> jobs.work().jobs().errors(north, mine, 0, 10));
            refused(ProblemCode.NOT_FOUND, () -> exports.file(north, mine));
            refused(
                    ProblemCode.FORBIDDEN,
                    () -> done(head, tx -> jobs.work().rollUps().submit(tx, RollUpKind.Operation.CHECK, "companies")));
        }
    }

    @Test
    void whatHangsOnARecordGoesAlongWhereTheSameOwnerHadIt() {
        UUID mine = deal(south, "Mine", ofSouth);
        UUID others = deal(administrator, "Other's", ofSouth);
        ObjectNode asked = json("{'owner':'" + head.user() + "','with':['deals']}");
        List<RecordAssignment.Along> along = done(
                administrator,
                tx -> engine.relata().assignment().assign(tx, tx.entity("company"), ofSouth, new Input(asked)));
        assertThat(along).containsExactly(new RecordAssignment.Along("deals", 1, 0));
        assertThat(owner("company", ofSouth)).isEqualTo(head.user());
        assertThat(owner("deal", mine)).isEqualTo(head.user());
        assertThat(owner("deal", others)).as("what others own stays theirs").isEqualTo(administrator.user());
        assertThat(engine.relata().history().of(administrator, "deal", mine)).hasSize(2);
    }

    @Test
    void whatMayNotBeGivenStaysAndIsCounted() {
        UUID deal = deal(south, "Mine", ofSouth);
        put(
                "roles",
                "narrow",
                "{'entities':{'deal':{'read':'own','create':'own'},'*':{'read':'own','create':'own','assign':'tenant'}}}");
        ObjectNode asked = json("{'owner':'" + head.user() + "','with':['deals']}");
        List<RecordAssignment.Along> along = done(
                south, tx -> engine.relata().assignment().assign(tx, tx.entity("company"), ofSouth, new Input(asked)));
        assertThat(along).containsExactly(new RecordAssignment.Along("deals", 0, 1));
        assertThat(owner("deal", deal)).isEqualTo(south.user());
        ProblemException unknown = refused(
                ProblemCode.VALIDATION,
                () -> within(
                        administrator,
                        tx -> engine.relata()
                                .assignment()
                                .assign(
                                        tx,
                                        tx.entity("company"),
                                        ofNorth,
                                        new Input(json("{'owner':'" + head.user() + "','with':['nothing']}")))));
        assertThat(unknown.violations()).extracting(Violation::code).containsExactly("assign-unknown-collection");
        assertThat(owner("company", ofNorth)).isEqualTo(north.user());
    }

    @Test
    void sharingIsWrittenDown() {
        share(administrator, ofSouth, head.user(), "{'level':'read'}");
        assertThat(new AuditLog(engine.relata().transactions(), engine.relata().metadata()::snapshot)
                        .entries(administrator, new AuditLog.Wish(null, null, null, null, null, ofSouth, null), 5))
                .filteredOn(entry -> entry.entity().equals("access"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.changes().at("/0/field").asText()).isEqualTo("share.company");
                    assertThat(entry.changes().at("/0/new/principal").asText())
                            .isEqualTo(head.user().toString());
                    assertThat(entry.changes().at("/0/old").isNull()).isTrue();
                });
    }

    private UUID owner(String entity, UUID id) {
        return Objects.requireNonNull(
                done(administrator, tx -> engine.relata().sharing().owner(tx, tx.entity(entity), id)));
    }

    @Test
    void explainsEveryWayWithWhoOpenedIt() {
        UUID rule = UUID.randomUUID();
        UUID team = UUID.randomUUID();
        put("teams", team.toString(), "{'name':'Desk','roles':[],'members':[{'user':'" + head.user() + "'}]}");
        put(
                "rules",
                rule.toString(),
                "{'name':'Big ones','entity':'company','filter':'employees ge 20','principal':'" + head.user()
                        + "','level':'read'}");
        share(administrator, ofNorth, team, "{'level':'update'}");
        put("roles", "narrow", role("tree"));
        List<AccessExplanation.Way> ways = explain(administrator, ofNorth, head.user());
        assertThat(ways).extracting(AccessExplanation.Way::kind).containsExactlyInAnyOrder("role", "share", "rule");
        assertThat(ways).allSatisfy(way -> {
            assertThat(way.by()).isEqualTo(administrator.user());
            assertThat(way.at()).isNotNull();
        });
        assertThat(ways)
                .filteredOn(way -> way.kind().equals("share"))
                .allSatisfy(way -> assertThat(way.through()).isEqualTo(team));
        put("roles", "narrow", role("own"));
        assertThat(explain(administrator, ofNorth, head.user()))
                .extracting(AccessExplanation.Way::kind)
                .containsExactly("share", "rule");
        assertThat(explain(administrator, ofNorth, south.user())).isEmpty();
        assertThat(explain(head, ofHead, head.user()))
                .extracting(AccessExplanation.Way::name)
                .containsExactly("narrow");
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithEverythingWrong() {
        ProblemException role = refused(
                ProblemCode.VALIDATION,
                () -> put("roles", "odd", "{'entities':{'nothing':{'read':'some','fly':'own'}},'more':1}"));
        assertThat(role.violations()).hasSize(4);
        ProblemException user = refused(
                ProblemCode.VALIDATION,
                () -> put(
                        "users",
                        UUID.randomUUID().toString(),
                        "{'unit':'" + UUID.randomUUID() + "','roles':['nobody']}"));
        assertThat(user.violations()).hasSize(3);
        refused(
                ProblemCode.VALIDATION,
                () -> put("units", headUnit.toString(), "{'name':'Head','parent':'" + northUnit + "'}"));
        refused(ProblemCode.IN_USE, () -> engine.relata().access().delete(administrator, "units", headUnit.toString()));
        refused(ProblemCode.NOT_FOUND, () -> put("roles", "administrator", role("own")));
        ProblemException unstorable =
                refused(ProblemCode.VALIDATION, () -> put("units", headUnit.toString(), "{'name':'He\\u0000ad'}"));
        assertThat(unstorable.violations()).extracting(Violation::code).containsExactly("bad-characters");
        ProblemException rule = refused(
                ProblemCode.VALIDATION,
                () -> put(
                        "rules",
                        UUID.randomUUID().toString(),
                        "{'name':'x','entity':'company','filter':'size gt 3','principal':'" + head.user()
                                + "','level':'all'}"));
        assertThat(rule.violations()).hasSize(2);
    }

    private CallContext member() throws SQLException {
        CallContext member = new CallContext(
                administrator.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                administrator.locale(),
                administrator.zone(),
                administrator.currency(),
                "request",
                administrator.origin());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', ?, 'Somebody', now())",
                        member.tenant(),
                        member.user(),
                        member.user().toString());
        return member;
    }

    private void user(CallContext who, @Nullable UUID unit, String... roles) {
        String in = unit == null ? "null" : "'" + unit + "'";
        put("users", who.user().toString(), "{'unit':" + in + ",'roles':['" + String.join("','", roles) + "']}");
    }

    private void led(CallContext who, CallContext manager) {
        put("users", who.user().toString(), "{'roles':['narrow'],'manager':'" + manager.user() + "'}");
    }

    private static String role(String level) {
        return "{'entities':{'*':{'read':'%1$s','update':'%1$s','delete':'%1$s',%2$s}}}".formatted(level, REST);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void put(String kind, String key, String body) {
        engine.relata().access().put(administrator, kind, key, json(body));
    }

    private UUID company(CallContext call, String name, int employees) {
        return engine.create(call, "company", "name", name, "employees", employees)
                .id();
    }

    private UUID deal(CallContext call, String name, UUID company) {
        return engine.create(call, "deal", "name", name, "companyId", company.toString())
                .id();
    }

    private void assign(CallContext call, UUID id, UUID owner) {
        within(
                call,
                tx -> engine.relata()
                        .assignment()
                        .assign(tx, tx.entity("company"), id, new Input(json("{'owner':'" + owner + "'}"))));
    }

    private void share(CallContext call, UUID id, UUID principal, String body) {
        within(call, (Consumer<WriteTransaction>)
                tx -> engine.relata().sharing().share(tx, tx.entity("company"), id, principal, new Input(json(body))));
    }

    private List<AccessExplanation.Way> explain(CallContext call, UUID id, UUID user) {
        return engine.relata()
                .writer()
                .transaction(call, tx -> AccessExplanation.of(tx, tx.entity("company"), id, user));
    }

    private void within(CallContext call, Consumer<WriteTransaction> work) {
        done(call, tx -> {
            work.accept(tx);
            return call;
        });
    }

    private <T> T done(CallContext call, Function<WriteTransaction, T> work) {
        return engine.relata().writer().transaction(call, work);
    }

    private List<String> names(CallContext call) {
        Set<String> names = new TreeSet<>();
        try {
            JSON.readTree(list(call, "companies", "$select=name&$orderby=name"))
                    .path("value")
                    .forEach(record -> names.add(record.path("name").asText()));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return new ArrayList<>(names);
    }

    private String list(CallContext call, String set, String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            odata.list(call, set, query).writeTo(out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<UUID> search(CallContext call, String words) {
        List<UUID> found = new ArrayList<>();
        found(call, words).groups().forEach(group -> {
            assertThat(group.count()).isEqualTo(group.hits().size());
            group.hits().forEach(hit -> found.add(hit.id()));
        });
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Returns all that the tenant has, but for when a role was last changed and that it was.
    private String everything() throws SQLException {
        List<Object> rows = new ArrayList<>();
        for (String table :
                List.of("record_shared", "record_deal", "audit", "outbox", "access_share", "access_principal")) {
            rows.addAll(engine.database()
                    .all(
                            "select t::text from relata." + table + " t where tenant_id = ?"
                                    + " and coalesce(to_jsonb(t) ->> 'entity_id', '') <> ? order by 1",
                            administrator.tenant(),
                            AuditEntry.ACCESS.toString()));
        }
        return rows.toString();
    }

    private static ProblemException refused(ProblemCode code, Runnable work) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, work::run);
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
