package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.audit.AuditSeals;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.record.RecordHistory;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Of an erased person nothing is left, wherever one looks; that it was erased is, and the trail is still whole.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    private static final String CANARY = "Qwyzanary";
    private static final List<String> CANARIES = List.of(
            CANARY.toLowerCase(java.util.Locale.ROOT),
            "qwyzanary@example.org",
            "9087612345",
            "elmstreetqwyz",
            "tagqwyz",
            "nickqwyz",
            "1901-02-03");

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private Path folder;
    private PersonWorld world;
    private CallContext call;
    private UUID ada;

    ErasureTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path home) throws IOException, SQLException {
        engine = TestEngine.start(postgres, home);
        jobs = TestJobs.of(engine);
        folder = home;
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
        ada = world.guest(CANARY, "qwyzanary@example.org", "+49 30 9087612345");
    }

    @Test
    void aScanOfEveryTableAndFileFindsNothing() throws SQLException, IOException {
        engine.update(
                call,
                "c_guest",
                ada,
                "c_born",
                "1901-02-03",
                "c_passport",
                CANARY,
                "c_tags",
                List.of("tagqwyz"),
                "c_home",
                Map.of("street", "elmstreetqwyz 5", "locality", "X"),
                "c_photo",
                world.file(CANARY + ".txt", "first").id().toString());
        engine.update(
                call,
                "c_guest",
                ada,
                "c_photo",
                world.file("later.txt", "I am " + CANARY).id().toString());
        engine.create(call, "c_booking", "c_title", "Suite", "c_guest_id", ada.toString());
        UUID noted = engine.create(call, "c_booking", "c_title", "Noted", "c_remark", "Wake " + CANARY + " at six")
                .id();
        UUID binned = engine.create(call, "c_booking", "c_title", "Binned", "c_remark", CANARY + "!")
                .id();
        engine.relata().writer().delete(call, "c_booking", binned, null);
        UUID twin = world.guest("Twin", "twin@example.org", "030 9087612345");
        engine.relata().writer().delete(call, "c_guest", twin, null);
        UUID other = world.guest("Grace Hopper", "grace@example.org", null);
        engine.database()
                .update(
                        "insert into relata.job_error (tenant_id, job_id, number, row_values, faults) values"
                                + " (?, gen_random_uuid(), 1, jsonb_build_array('x', ?::text), '[]')",
                        call.tenant(),
                        CANARY);
        engine.database()
                .update(
                        "insert into relata.request_answer (tenant_id, user_id, key, fingerprint, answer, at) values"
                                + " (?, gen_random_uuid(), 'k', 'f', convert_to(?, 'UTF8'), now())",
                        call.tenant(),
                        CANARY);
        Path exports = Files.createDirectories(
                folder.resolve("files").resolve(call.tenant().toString()).resolve("exports"));
        Files.writeString(exports.resolve(UUID.randomUUID() + ".csv"), "name\n" + CANARY);
        engine.relata()
                .metadata()
                .addField(
                        call,
                        "c_guest",
                        PersonWorld.json(
                                "{'name': 'c_nick', 'type': 'text', 'personal': true, 'label': {'en': 'Nick'}}"));
        engine.update(call, "c_guest", ada, "c_nick", "nickqwyz");
        jobs.work()
                .plans()
                .now(
                        call,
                        "Less",
                        Edit.changes(PersonWorld.json("{'all': [{'op': 'remove', 'component': 'c_guest.c_nick'}]}")
                                .path("all")));
        engine.relata().writer().transaction(call, tx -> {
            engine.relata()
                    .consentPurposes()
                    .create(
                            tx.sql(),
                            call,
                            PersonWorld.json(
                                    "{'code': 'letter', 'label': {'en': 'Letter'}, 'text': {'en': 'May we?'}}"));
            engine.relata()
                    .consents()
                    .say(
                            tx,
                            tx.entity("c_guest"),
                            ada,
                            PersonWorld.json("{'purpose': 'letter', 'state': 'given', 'source': '" + CANARY + "'}"));
            return true;
        });
        engine.relata().seals().sealAll();
        assertThat(places()).hasSizeGreaterThan(10).anyMatch(place -> place.contains("nickqwyz"));

        UUID request = find();
        erase(request, "{'reason': 'The person asked'}");

        assertThat(places()).isEmpty();
        assertThat(jobs.work().persons().findings(call, request, null, null, 100))
                .isNotEmpty();
        assertThat(world.found(world.find("{'names': ['Grace Hopper']}"))).isNotEmpty();
        assertThat(engine.relata().history().of(call, "c_guest", other)).isNotEmpty();
        assertThat(remark(noted)).isEqualTo("Wake " + PersonMatch.GONE + " at six");
    }

    @Test
    void theTrailIsStillWholeAndSaysWhoErasedWhatAndWhy() throws SQLException {
        engine.update(call, "c_guest", ada, "c_stars", 4);
        AuditSeals seals = engine.relata().seals();
        seals.sealAll();
        erase(find(), "{'reason': 'Article 17'}");
        assertThat(seals.verify(call).broken()).isEmpty();
        seals.sealAll();
        assertThat(seals.verify(call).broken()).isEmpty();

        List<RecordHistory.Entry> history = engine.relata().history().of(call, "c_guest", ada);
        assertThat(history).extracting(RecordHistory.Entry::action).contains("create", "update", "erase");
        assertThat(history.toString()).contains("c_stars", "c_name").doesNotContain(CANARY);
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.audit where tenant_id = ? and action = 'erase' and record_id = ?"
                                        + " and changes::text like '%Article 17%' and actor = ?",
                                call.tenant(), ada, call.user()))
                .isEqualTo(1);
    }

    @Test
    void whoeverErasesPastTheEngineIsNoticed() throws SQLException {
        AuditSeals seals = engine.relata().seals();
        seals.sealAll();
        erase(find(), "{'reason': 'asked'}");
        seals.sealAll();
        for (String crime : List.of(
                "update relata.audit set changes = '[]' where tenant_id = ? and digest is not null",
                "update relata.audit set erased = gen_random_uuid() where tenant_id = ? and digest is not null",
                "update relata.audit set digest = 'x', salt = null where tenant_id = ? and digest is null",
                "update relata.audit set digest = relata.audit_value_digest(salt, changes), salt = null, changes = '[]'"
                        + " where tenant_id = ? and digest is null and action = 'create'")) {
            hotel();
            seals.sealAll();
            erase(find(), "{'reason': 'asked'}");
            seals.sealAll();
            assertThat(seals.verify(call).broken()).isEmpty();
            engine.database().update(crime, call.tenant());
            assertThat(seals.verify(call).broken()).as(crime).isNotEmpty();
        }
    }

    @Test
    void theApplicationErasesNothingWithoutSayingSo() {
        UUID entry = engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> sql.fetchSingle(
                                        "select id from relata.audit where tenant_id = {0} and record_id = {1}",
                                        org.jooq.impl.DSL.val(call.tenant()), org.jooq.impl.DSL.val(ada))
                                .get(0, UUID.class));
        for (String crime : List.of(
                "delete from relata.audit where tenant_id = {0} and id = {1}",
                "update relata.audit set changes = '[]' where tenant_id = {0} and id = {1}",
                "select relata.erase_audit({0}, {1}, array[{1}], array['[]'::jsonb])")) {
            assertThat(catchThrowable(() -> engine.relata()
                            .transactions()
                            .call(
                                    call,
                                    sql -> sql.execute(
                                            crime,
                                            org.jooq.impl.DSL.val(call.tenant()),
                                            org.jooq.impl.DSL.val(entry)))))
                    .as(crime)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void recordsAreDeletedOrKeptAsIsChosen() throws SQLException {
        UUID booking = engine.create(call, "c_booking", "c_title", "Kept", "c_remark", "For " + CANARY)
                .id();
        UUID request = find();
        erase(request, "{'reason': 'asked', 'entities': {'c_guest': 'delete', 'c_booking': 'keep'}}");
        assertThat(engine.database().count("select count(*) from relata.record_shared where id = ?", ada))
                .isZero();
        assertThat(remark(booking)).isEqualTo("For " + CANARY);
        JsonNode proof = jobs.work().persons().proof(call, request).orElseThrow();
        assertThat(proof.path("deleted")).hasSize(1);
        assertThat(proof.path("kept").toString()).contains(booking.toString(), "erase-kept-by-choice");
        assertThat(proof.path("reason").asText()).isEqualTo("asked");
        assertThat(proof.toString()).doesNotContain(CANARY);
        assertThat(proof.path("digest").asText()).hasSize(64);
    }

    @Test
    void aDryRunSaysWhatGoesAndWhatStaysAndChangesNothing() throws SQLException {
        UUID request = find();
        List<String> before = places();
        PersonRequests.Planned plan = jobs.work().persons().plan(call, request).getFirst();
        assertThat(plan.entity().name()).isEqualTo("c_guest");
        assertThat(plan.persons()).isEqualTo(1);
        assertThat(plan.goes()).extracting(field -> field.name()).contains("c_name", "c_mail", "c_photo");
        assertThat(places()).isEqualTo(before);
    }

    private UUID find() throws SQLException {
        return world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));
    }

    private void erase(UUID request, String wish) throws SQLException {
        Job job = engine.relata()
                .writer()
                .transaction(
                        call,
                        tx -> jobs.work()
                                .persons()
                                .erase(tx, request, ErasureWish.read(PersonWorld.json(wish), tx.snapshot())));
        assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);
    }

    private @Nullable Object remark(UUID booking) {
        return new io.relata.core.query.RecordReader(engine.relata().transactions(), java.time.Duration.ofSeconds(5))
                .find(
                        call,
                        engine.relata()
                                .metadata()
                                .snapshot(call.tenant())
                                .entity("c_booking")
                                .orElseThrow(),
                        booking)
                .orElseThrow()
                .value("c_remark");
    }

    /// Returns where the person's values stand: every text, document and bytes of every table, and every file.
    private List<String> places() throws SQLException {
        List<String> places = new ArrayList<>();
        try (Connection connection = engine.database().owner().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> questions = new ArrayList<>();
            try (ResultSet columns = statement.executeQuery(
                    "select c.table_name, string_agg(format('coalesce(%s::text, '''')', case when c.data_type = 'bytea'"
                            + " then format('encode(%I, ''escape'')', c.column_name) else quote_ident(c.column_name) end),"
                            + " ' || '' '' || ' order by c.ordinal_position) as texts"
                            + " from information_schema.columns c join information_schema.tables t"
                            + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
                            + " where c.table_schema = 'relata' and t.table_type = 'BASE TABLE' group by 1")) {
                while (columns.next()) {
                    questions.add("select '" + columns.getString(1) + "', lower(" + columns.getString(2)
                            + ") from relata." + columns.getString(1) + " where tenant_id = '" + call.tenant() + "'");
                }
            }
            for (String question : questions) {
                try (ResultSet rows = statement.executeQuery(question)) {
                    while (rows.next()) {
                        String text = rows.getString(2);
                        CANARIES.stream()
                                .filter(canary -> text.contains(canary))
                                .forEach(canary -> places.add(place(rows) + ": " + canary + " in " + text));
                    }
                }
            }
        }
        try (Stream<Path> files =
                Files.walk(folder.resolve("files").resolve(call.tenant().toString()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(readAll(file), StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
                CANARIES.stream().filter(text::contains).forEach(canary -> places.add(file + ": " + canary));
            }
        } catch (java.nio.file.NoSuchFileException none) {
            return places;
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        }
        return places;
    }

    private static String place(ResultSet row) {
        try {
            return row.getString(1);
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static byte[] readAll(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
