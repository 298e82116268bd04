package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.LegalHolds;
import io.relata.core.record.RecordHistory;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What is on legal hold does not go, nor what hangs on it, whoever wants it to.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegalHoldTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PersonWorld world;
    private CallContext call;
    private UUID ada;
    private UUID stay;

    LegalHoldTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @BeforeEach
    void hotel() throws SQLException {
        world = PersonWorld.of(engine, jobs);
        call = world.call();
        engine.relata().metadata().createEntity(call, PersonWorld.json("""
                                {'name': 'c_stay', 'label': {'en': 'Stay'}, 'pluralLabel': {'en': 'Stays'},
                                 'nameField': 'c_title', 'fields': [
                                  {'name': 'c_title', 'type': 'text', 'personal': true, 'label': {'en': 'Title'}},
                                  {'name': 'c_guest', 'type': 'lookup', 'target': 'c_guest', 'onDelete': 'cascade',
                                   'label': {'en': 'Guest'}}]}
                                """));
        ada = world.guest("Ada Lovelace", "ada@example.org", null);
        stay = engine.create(call, "c_stay", "c_title", "Ada Lovelace at noon", "c_guest_id", ada.toString())
                .id();
    }

    @Test
    void aHeldRecordAndWhatHangsOnItAreNotDeletedUntilTheHoldIsTakenOff() {
        hold("c_guest", ada);
        assertThat(refused(() -> engine.relata().writer().delete(call, "c_guest", ada, null)))
                .extracting(Violation::code)
                .containsExactly(LegalHolds.HELD);
        assertThat(refused(() -> engine.relata().writer().delete(call, "c_stay", stay, null)))
                .extracting(Violation::code)
                .containsExactly(LegalHolds.HELD);
        within(tx -> engine.relata().holds().lift(tx, tx.entity("c_guest"), ada));
        engine.relata().writer().delete(call, "c_guest", ada, null);
    }

    @Test
    void whatWouldTakeAHeldRecordAlongIsNotDeleted() {
        hold("c_stay", stay);
        assertThat(refused(() -> engine.relata().writer().delete(call, "c_guest", ada, null)))
                .extracting(Violation::code)
                .containsExactly(LegalHolds.HELD);
    }

    @Test
    void theBinKeepsWhatIsHeld() throws SQLException {
        UUID other = world.guest("Other", "other@example.org", null);
        engine.relata().writer().delete(call, "c_guest", ada, null);
        engine.relata().writer().delete(call, "c_guest", other, null);
        hold("c_guest", ada);
        engine.relata().purge().keep(call, 30);
        engine.clock().advance(Duration.ofDays(40));
        engine.relata().purge().purgeAll();
        assertThat(engine.database().count("select count(*) from relata.record_shared where id = ?", other))
                .isZero();
        assertThat(engine.database().count("select count(*) from relata.record_shared where id in (?, ?)", ada, stay))
                .isEqualTo(2);
    }

    @Test
    void whatIsHeldIsNotErasedAndTheProofSaysSo() throws SQLException {
        hold("c_guest", ada);
        UUID request = world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));
        Job job = engine.relata()
                .writer()
                .transaction(
                        call,
                        tx -> jobs.work()
                                .persons()
                                .erase(
                                        tx,
                                        request,
                                        ErasureWish.read(PersonWorld.json("{'reason': 'asked'}"), tx.snapshot())));
        assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);
        JsonNode proof = jobs.work().persons().proof(call, request).orElseThrow();
        assertThat(proof.path("blanked")).isEmpty();
        assertThat(proof.path("kept").toString()).contains(ada.toString(), stay.toString(), LegalHolds.HELD);
        assertThat(world.found(world.find("{'names': ['Ada Lovelace']}")))
                .contains("mention c_guest Ada Lovelace c_name 1", "audit c_guest Ada Lovelace  2");
    }

    @Test
    void onlyWhoLooksAfterPrivacyHoldsAndItIsWrittenDown() {
        CallContext clerk = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "r",
                call.origin());
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata().writer().transaction(clerk, tx -> {
                    engine.relata().holds().place(tx, tx.entity("c_guest"), ada, "why");
                    return true;
                }));
        assertThat(refused.code()).isEqualTo(ProblemCode.FORBIDDEN);
        hold("c_guest", ada);
        within(tx -> assertThat(engine.relata().holds().find(tx, tx.entity("c_guest"), ada))
                .hasValueSatisfying(hold -> assertThat(hold.reason()).isEqualTo("Lawsuit 7")));
        within(tx -> engine.relata().holds().lift(tx, tx.entity("c_guest"), ada));
        assertThat(engine.relata().history().of(call, "c_guest", ada))
                .extracting(RecordHistory.Entry::action)
                .containsExactly("release", "hold", "create");
    }

    private void hold(String entity, UUID id) {
        within(tx -> engine.relata().holds().place(tx, tx.entity(entity), id, "Lawsuit 7"));
    }

    private void within(Consumer<WriteTransaction> work) {
        engine.relata().writer().transaction(call, tx -> {
            work.accept(tx);
            return true;
        });
    }

    private static List<Violation> refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(ProblemException.class, work).violations();
    }
}
