package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.file.StoredFile;
import io.relata.core.file.TestFiles;
import io.relata.core.job.Job;
import io.relata.core.job.JobError;
import io.relata.core.metadata.Edit;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A removed entity, and what is left of it.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeEntityTest {

    private static final String GUEST = """
            {"op": "add", "component": "c_guest", "value": {"label": {"en": "Guest"}, "pluralLabel": {"en": "Guests"},
              "fields": [
                {"name": "c_name", "type": "text", "label": {"en": "Name"}, "searchable": true},
                {"name": "c_number", "type": "autoNumber", "pattern": "G-{000}", "label": {"en": "Number"}},
                {"name": "c_passport", "type": "text", "indexed": true, "unique": true, "label": {"en": "Passport"}},
                {"name": "c_tags", "type": "tags", "label": {"en": "Tags"}},
                {"name": "c_scan", "type": "file", "label": {"en": "Scan"}},
                {"name": "c_of", "type": "lookup", "target": "company", "onDelete": "cascade", "label": {"en": "Of"}},
                {"name": "c_under", "type": "lookup", "target": "c_guest", "hierarchical": true, "label": {"en": "Under"}}]}}
            """;
    private static final String REMOVAL = "{\"op\": \"remove\", \"component\": \"c_guest\"}";

    /// Where something of an entity or its records may be.
    private static final List<String> TRACES = List.of(
            "record_shared",
            "search_term",
            "search_document",
            "search_state",
            "number_counter",
            "hierarchy_turn",
            "unique_value",
            "list_item",
            "file_use",
            "deletion_effect",
            "access_share",
            "shortcut",
            "saved_view");

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    PurgeEntityTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        plans = jobs.work().plans();
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void takesAllOfItAwayForGoodThoughProcessesDie() throws SQLException, IOException {
        CallContext call = jobs.member("entity-gone");
        plans.now(call, "Guests", changes(GUEST));
        UUID entity = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_guest")
                .orElseThrow()
                .id();
        StoredFile scan = TestFiles.add(engine, call, "scan.txt", "passport".getBytes(StandardCharsets.UTF_8));
        UUID first = guest(call, "first", Map.of("id", scan.id().toString()));
        engine.update(call, "c_guest", guest(call, "second", null), "c_under_id", first.toString());
        for (int i = 0; i < 1_100; i++) {
            guest(call, "G" + i, null);
        }
        engine.relata().writer().delete(call, "c_guest", guest(call, "deleted", null), null);
        RecordsOfOthers others = others(call);
        Plan removal = plans.now(call, "No guests", changes(REMOVAL));
        assertThat(plans.kept(call, List.of(removal)).get(removal.id()))
                .singleElement()
                .satisfies(kept -> assertThat(kept.records()).isTrue());

        assertThat(codes(call, removal, List.of("c_guest"))).containsExactly("purge-too-early");
        engine.clock().advance(Duration.ofDays(31));
        assertThat(codes(call, removal, List.of())).containsExactly("purge-name");
        assertThat(codes(call, removal, List.of("Guest", "c_guests"))).containsExactly("purge-name");
        CallContext user = new CallContext(
                call.tenant(), call.user(), Set.of(), call.locale(), call.zone(), call.currency(), "r", call.origin());
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> plans.purge(user, removal.id(), List.of("c_guest")))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);

        UUID begun = plans.purge(call, removal.id(), List.of("c_guest")).getFirst();
        assertThat(plans.purge(call, removal.id(), List.of("c_guest")))
                .as("asked for once more")
                .containsExactly(begun);
        jobs.killAt(call, 3, Commit.LOST);
        jobs.killAt(call, 2, Commit.DONE);
        Job done = jobs.run(call, jobs.work().jobs().find(call, begun, null));

        assertThat(done.state()).isEqualTo(Job.State.DONE);
        assertThat(done.counts().deleted()).isEqualTo(1_103);
        assertThat(done.counts().rejected()).isZero();
        for (String table : TRACES) {
            assertThat(count(call, table + " where tenant_id = ? and entity_id = '" + entity + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(count(call, "entity_definition where tenant_id = ? and id = '" + entity + "'"))
                .isZero();
        assertThat(count(call, "file where tenant_id = ? and released_at is null and id = '" + scan.id() + "'"))
                .as("the file is let go")
                .isZero();
        assertThat(count(call, "audit where tenant_id = ? and action = 'delete' and record_id = '" + entity + "'"))
                .as("the trail keeps the fact")
                .isOne();
        others.areThere();
        assertThat(codes(call, removal, List.of("c_guest"))).containsExactly("plan-keeps-nothing");

        plans.apply(call, plans.revert(call, removal.id()).id());

        assertThat(jobs.odata().count(call, "c_guests", null))
                .as("comes back empty")
                .isZero();
        assertThat(engine.create(call, "c_guest", "c_name", "new", "c_passport", "P-first")
                        .value("c_number"))
                .isEqualTo("G-001");
    }

    @Test
    void leavesWhatIsOnLegalHoldAndLetsItComeBack() throws SQLException {
        CallContext call = jobs.member("entity-held");
        plans.now(call, "Guests", changes(GUEST));
        UUID company = engine.create(call, "company", "name", "Acme").id();
        UUID held = guest(call, "held", null);
        UUID hanging = engine.create(call, "c_guest", "c_name", "hanging", "c_of_id", company.toString())
                .id();
        guest(call, "free", null);
        hold(call, "c_guest", held, true);
        hold(call, "company", company, true);
        Plan removal = plans.now(call, "No guests", changes(REMOVAL));
        engine.clock().advance(Duration.ofDays(31));

        Job done = purge(call, removal);

        assertThat(done.counts().deleted()).isEqualTo(1);
        assertThat(done.counts().rejected()).isEqualTo(2);
        assertThat(jobs.work().jobs().errors(call, done.id(), 0, 10))
                .extracting(
                        JobError::recordId, error -> error.faults().getFirst().code())
                .containsExactlyInAnyOrder(tuple(held, "legal-hold"), tuple(hanging, "legal-hold"));
        plans.apply(call, plans.revert(call, removal.id()).id());
        assertThat(jobs.odata().count(call, "c_guests", null)).isEqualTo(2);

        hold(call, "c_guest", held, false);
        hold(call, "company", company, false);
        Plan again = plans.now(call, "No guests", changes(REMOVAL));
        engine.clock().advance(Duration.ofDays(31));
        assertThat(purge(call, again).counts().deleted()).isEqualTo(2);
        assertThat(count(call, "entity_definition where tenant_id = ?")).isZero();
    }

    @Test
    void keepsWhatIsLeftWhenTheJobIsCancelled() throws SQLException {
        CallContext call = jobs.member("entity-cancelled");
        plans.now(call, "Guests", changes(GUEST));
        for (int i = 0; i < 1_100; i++) {
            guest(call, "G" + i, null);
        }
        Plan removal = plans.now(call, "No guests", changes(REMOVAL));
        engine.clock().advance(Duration.ofDays(31));
        UUID begun = plans.purge(call, removal.id(), List.of("c_guest")).getFirst();
        jobs.killAt(call, 3, Commit.DONE);
        jobs.work().jobs().cancel(call, begun, null);

        jobs.run(call, jobs.work().jobs().find(call, begun, null));

        assertThat(plans.kept(call, List.of(removal)).get(removal.id()))
                .singleElement()
                .satisfies(kept -> assertThat(kept.going()).isFalse());
        plans.apply(call, plans.revert(call, removal.id()).id());
        assertThat(jobs.odata().count(call, "c_guests", null)).isPositive();
    }

    private Job purge(CallContext call, Plan removal) throws SQLException {
        UUID begun = plans.purge(call, removal.id(), List.of("c_guest")).getFirst();
        return jobs.run(call, jobs.work().jobs().find(call, begun, null));
    }

    private void hold(CallContext call, String entity, UUID record, boolean placed) {
        engine.relata().writer().transaction(call, tx -> {
            if (placed) {
                engine.relata().holds().place(tx, tx.entity(entity), record, "A lawsuit");
            } else {
                engine.relata().holds().lift(tx, tx.entity(entity), record);
            }
            return record;
        });
    }

    private List<String> codes(CallContext call, Plan plan, List<String> names) {
        return catchThrowableOfType(ProblemException.class, () -> plans.purge(call, plan.id(), names))
                .violations()
                .stream()
                .map(Violation::code)
                .toList();
    }

    /// Records of another entity and of another tenant.
    private interface RecordsOfOthers {
        void areThere() throws SQLException;
    }

    private RecordsOfOthers others(CallContext call) throws SQLException {
        CallContext other = jobs.member("entity-other");
        plans.now(other, "Guests", changes(GUEST));
        guest(other, "theirs", null);
        engine.create(call, "company", "name", "Ours");
        return () -> {
            assertThat(jobs.odata().count(other, "c_guests", null)).isOne();
            assertThat(jobs.odata().count(call, "companies", null)).isOne();
            assertThat(count(other, "unique_value where tenant_id = ?")).isPositive();
        };
    }

    private UUID guest(CallContext call, String name, @Nullable Object scan) {
        return engine.create(
                        call,
                        "c_guest",
                        "c_name",
                        name,
                        "c_passport",
                        "P-" + name,
                        "c_tags",
                        List.of("vip"),
                        "c_scan",
                        scan)
                .id();
    }

    private long count(CallContext call, String what) throws SQLException {
        return engine.database().count("select count(*) from relata." + what, call.tenant());
    }

    private static Edit changes(String changes) {
        try {
            return Edit.changes(new ObjectMapper().readTree("[" + changes + "]"));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
