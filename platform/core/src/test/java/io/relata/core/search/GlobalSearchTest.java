package io.relata.core.search;

import static io.relata.core.search.SearchWorld.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.relata.core.TestEngine;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordingDataSource;
import io.relata.core.search.SearchResult.Group;
import io.relata.core.search.SearchResult.Hit;
import io.relata.core.search.SearchResult.Mark;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people find, on real names, codes and numbers.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GlobalSearchTest {

    private static final Path CUSTOMERS = Path.of("..", "..", "deploy", "demo", "xinghe", "customers.csv");

    private final LocalPostgres postgres;
    private SearchWorld world;
    private CallContext call;

    GlobalSearchTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = SearchWorld.start(postgres, folder);
        call = world.tenant("people");
        world.load(
                call,
                "c_customer",
                CUSTOMERS,
                Map.of("companyName", "name", "contactName", "contact", "phone", "phone"));
        world.load(
                call,
                "c_good",
                Path.of(GlobalSearchTest.class
                        .getResource("electronics/abt.csv")
                        .toURI()),
                Map.of("title", "name"));
        world.good(call, "name", "Valve", "code", "HEAT-900-CN");
        world.good(call, "name", "Pump", "code", "SN20240017B");
        world.customer(call, "name", "重庆火锅有限公司", "contact", "曾国藩");
        world.customer(call, "name", "星河科技", "email", "li.wei@xinghe.example");
        world.customer(call, "name", "臺灣銀行", "notes", "第一行\n第二行");
        world.customer(call, "name", "吕布");
        world.customer(call, "name", "Straße & Söhne", "secret", "Kronjuwelen");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            berglunds snabbkop  | Berglunds snabbköp
            BERGLUNDS SNABBKÖP  | Berglunds snabbköp
            snabb               | Berglunds snabbköp
            blondesddsl pere    | Blondesddsl père et fils
            spezialitaten       | Toms Spezialitäten
            spezialitaeten      | Toms Spezialitäten
            Frederique Citeaux  | Blondesddsl père et fils
            alfred futter       | Alfreds Futterkiste
            futterkiste alfreds | Alfreds Futterkiste
            "Alfreds Futterk"   | Alfreds Futterkiste
            strasse             | Straße & Söhne
            soehne              | Straße & Söhne
            恒                   |
            重                   | 重庆火锅有限公司
            重庆                  | 重庆火锅有限公司
            火锅有限                | 重庆火锅有限公司
            庆重                  |
            chongqing           | 重庆火锅有限公司
            zhongqing           | 重庆火锅有限公司
            cq                  | 重庆火锅有限公司
            cqhg                | 重庆火锅有限公司
            huoguo              | 重庆火锅有限公司
            xinghe              | 星河科技
            keji                | 星河科技
            xhkj                | 星河科技
            台湾                  | 臺灣銀行
            lvbu                | 吕布
            lubu                | 吕布
            国藩                  | 重庆火锅有限公司
            第二                  | 臺灣銀行
            li.wei@xinghe       | 星河科技
            xinghe.example      | 星河科技
            0074321             | Alfreds Futterkiste
            030-0074321         | Alfreds Futterkiste
            +49 30 0074321      | Alfreds Futterkiste
            4321                | Alfreds Futterkiste
            Kronjuwelen         |
            EZXS55W             | Linksys EtherFast10/100 5-Port Auto-Sensing Switch - EZXS55W
            ezxs 55w            | Linksys EtherFast10/100 5-Port Auto-Sensing Switch - EZXS55W
            ether-fast10/100    | Linksys EtherFast10/100 5-Port Auto-Sensing Switch - EZXS55W
            HEAT-900-CN         | Valve
            HEAT900CN           | Valve
            900-CN              | Valve
            900cn               | Valve
            900                 | Valve
            20240017            | Pump
            0017                | Pump
            4001                | Pump
            17B                 | Pump
            %                   |
            """)
    void findsWhatAPersonExpects(String typed, @Nullable String name) {
        assertThat(world.names(call, typed)).as(typed).isEqualTo(name == null ? List.of() : List.of(name));
    }

    @Test
    void takesAWordThatNothingHasForAMisspelling() {
        assertThat(world.find(call, "futterkiste").misspelt()).isFalse();
        for (String typed :
                List.of("futerkiste", "futterkitse", "futterkixte", "xfutterkiste", "alferds futterkiste")) {
            SearchResult result = world.find(call, typed);
            assertThat(result.misspelt()).as(typed).isTrue();
            assertThat(result.groups().getFirst().hits().getFirst().name())
                    .as(typed)
                    .isEqualTo("Alfreds Futterkiste");
        }
        assertThat(world.names(call, "gzxqwv")).isEmpty();
        assertThat(world.names(call, "EZXS5SW")).as("nobody guesses codes").isEmpty();
    }

    @Test
    void ranksWhatWasTypedBeforeWhatBeginsSoAndTheNameBeforeTheRest() throws Exception {
        CallContext other = world.tenant("ranks");
        world.customer(other, "name", "North", "contact", "Kestrel");
        world.customer(other, "name", "The Kestrels");
        world.customer(other, "name", "Kestrelhouse");
        world.customer(other, "name", "Old Kestrel");
        world.customer(other, "name", "Kestrel Ltd");
        world.customer(other, "name", "Kestrel Inc");

        assertThat(world.names(other, "kestrel"))
                .containsExactly("Kestrel Inc", "Kestrel Ltd", "Old Kestrel", "North", "Kestrelhouse", "The Kestrels");
    }

    @Test
    void takesAsManyStatementsForOneHitAsForMany() throws Exception {
        CallContext other = world.tenant("statements");
        for (int i = 0; i < 40; i++) {
            world.good(other, "name", "Sprocket " + i, "code", "SPR-" + i);
            world.customer(other, "name", "Sprocket user " + i, "notes", "wants sprockets");
        }
        world.good(other, "name", "Gasket");
        RecordingDataSource database =
                new RecordingDataSource(world.engine().database().application());
        GlobalSearch search = new GlobalSearch(
                new TenantTransaction(database),
                world.engine().relata().metadata()::snapshot,
                world.jobs().work().search(),
                Duration.ofSeconds(10));
        List<Integer> statements = new ArrayList<>();
        for (String text : List.of("gasket", "sprocket", "sprocket user", "spr-1")) {
            assertThat(search.search(other, new GlobalSearch.Wish(text, List.of(), 20, null))
                            .groups())
                    .isNotEmpty();
            statements.add(database.take().size());
        }
        assertThat(statements).containsOnly(statements.getFirst());
        assertThat(statements.getFirst()).isLessThanOrEqualTo(6);
    }

    @Test
    void goesOnBehindAHitAndCounts() throws Exception {
        CallContext other = world.tenant("pages");
        for (int i = 0; i < 23; i++) {
            world.good(other, "name", (i % 3 == 0 ? "Widget " : "Widgets ") + i);
        }
        world.customer(other, "name", "Widget & Co");
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            SearchResult page =
                    world.search().search(other, new GlobalSearch.Wish("widget", List.of(SearchWorld.GOODS), 5, after));
            Group group = page.groups().getFirst();
            assertThat(group.count()).isEqualTo(23);
            assertThat(group.exact()).isTrue();
            group.hits().forEach(hit -> seen.add(hit.name()));
            after = group.next();
        } while (after != null);

        assertThat(seen).hasSize(23).doesNotHaveDuplicates();
        assertThat(seen.subList(0, 8)).allMatch(name -> name.startsWith("Widget "));
        assertThat(world.find(other, "widget").groups()).hasSize(2);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> world.search().search(other, new GlobalSearch.Wish("widget", List.of(), 5, "1.x")));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> world.search()
                        .search(other, new GlobalSearch.Wish("widget", List.of(SearchWorld.GOODS), 5, "nonsense")));
    }

    @Test
    void showsWhereItFoundTheWords() {
        assertThat(hit("futterk").marks()).containsExactly(new Mark(8, 7));
        assertThat(hit("cqhg").marks()).containsExactly(new Mark(0, 4));
        assertThat(hit("火锅").marks()).containsExactly(new Mark(2, 2));
        assertThat(hit("futterk").snippet()).isNull();
        SearchResult.Snippet snippet = Objects.requireNonNull(hit("4321").snippet());
        assertThat(snippet.field().name()).isEqualTo("c_phone");
        assertThat(snippet.text()).isEqualTo("030-0074321");
        assertThat(snippet.marks()).containsExactly(new Mark(7, 4));
        assertThat(hit("ezxs55w").marks()).hasSize(1);
    }

    private Hit hit(String typed) {
        return world.find(call, typed).groups().getFirst().hits().getFirst();
    }

    @Test
    void followsEveryWayToWrite() throws Exception {
        CallContext other = world.tenant("writes");
        UUID id = world.customer(other, "name", "Albatross", "contact", "Jim");
        TestEngine engine = world.engine();

        engine.update(other, "c_customer", id, own("name", "Buzzard"));
        assertThat(world.names(other, "albatross")).isEmpty();
        assertThat(world.names(other, "buzzard jim")).containsExactly("Buzzard");

        engine.update(other, "c_customer", id, own("secret", "x"));
        assertThat(world.names(other, "jim")).containsExactly("Buzzard");

        engine.relata().writer().delete(other, "c_customer", id, null);
        assertThat(world.names(other, "buzzard")).isEmpty();
        assertThat(rows(other, "search_term") + rows(other, "search_document")).isZero();

        engine.relata().writer().restore(other, "c_customer", id);
        assertThat(world.names(other, "buzzard")).containsExactly("Buzzard");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> engine.update(other, "c_customer", id, own("name", null, "contact", "Lost")));
        assertThat(world.names(other, "lost")).isEmpty();
    }

    private long rows(CallContext tenant, String table) throws SQLException {
        return world.engine()
                .database()
                .count("select count(*) from relata." + table + " where tenant_id = ?", tenant.tenant());
    }

    @Test
    void neitherFindsNorCorrectsByWhatAnotherTenantHas() throws Exception {
        CallContext other = world.tenant("stranger");
        world.customer(other, "name", "Nobody");

        assertThat(world.names(other, "futterkiste")).isEmpty();
        SearchResult guess = world.find(other, "futerkiste");
        assertThat(guess.groups()).isEmpty();
        assertThat(guess.misspelt()).isFalse();
    }

    @Test
    void combinesWords() {
        assertThat(world.names(call, "futterkiste OR snabbkop"))
                .containsExactlyInAnyOrder("Alfreds Futterkiste", "Berglunds snabbköp");
        assertThat(world.names(call, "futterkiste NOT alfreds")).isEmpty();
        assertThat(world.names(call, "futterkiste NOT berglunds")).containsExactly("Alfreds Futterkiste");
        assertThat(world.names(call, "\"futterkiste alfreds\"")).isEmpty();
        assertThat(world.names(call, "")).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> world.names(call, "a ".repeat(21)));
    }
}
