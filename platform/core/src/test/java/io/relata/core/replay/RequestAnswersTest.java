package io.relata.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordInput;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestAnswersTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    RequestAnswersTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void doesOnceWhatIsAskedForManyTimesAtTheSameTime() throws Exception {
        CallContext call = engine.tenant("together");
        Callable<String> request = () -> create(call, "k", "A");

        Set<String> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<String> answer : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> request).toList())) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).hasSize(1);
        assertThat(count(call, "record_shared")).isEqualTo(1);
    }

    @Test
    void keepsNothingOfARequestThatWasRefused() throws SQLException {
        CallContext call = engine.tenant("refused");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> create(call, "k", ""));
        create(call, "k", "A");

        assertThat(refused.code()).isEqualTo(ProblemCode.VALIDATION);
        assertThat(count(call, "record_shared")).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() throws SQLException {
        CallContext call = engine.tenant("other");
        create(call, "k", "A");

        ProblemException reused = catchThrowableOfType(ProblemException.class, () -> create(call, "k", "B"));

        assertThat(reused.detail()).isEqualTo("idempotency-key-reused");
        assertThat(count(call, "record_shared")).isEqualTo(1);
    }

    @Test
    void knowsKeysByTenantAndUser() throws SQLException {
        CallContext call = engine.tenant("one");
        CallContext other = engine.tenant("two");

        assertThat(create(call, "k", "A")).isNotEqualTo(create(other, "k", "B"));
        assertThat(count(call, "request_answer")).isEqualTo(1);
    }

    @Test
    void forgetsAfterADayAndPurges() throws SQLException {
        CallContext call = engine.tenant("day");
        String first = create(call, "k", "A");
        create(call, "l", "A");
        assertThat(create(call, "k", "A")).isEqualTo(first);
        engine.clock().advance(RequestAnswers.KEPT.plus(Duration.ofSeconds(1)));

        assertThat(create(call, "k", "B")).isNotEqualTo(first);
        engine.relata()
                .transactions()
                .call(call, sql -> engine.relata().answers().purge(sql, call.tenant(), 100));
        assertThat(engine.database().all("select key from relata.request_answer where tenant_id = ?", call.tenant()))
                .containsExactly("k");
    }

    @Test
    void doesNothingWhenTheAnswerIsTooLargeToKeep() throws SQLException {
        CallContext call = engine.tenant("large");

        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata().writer().transaction(call, tx -> {
                    RequestAnswers answers = engine.relata().answers();
                    RequestAnswers.Key key = new RequestAnswers.Key("k", "1");
                    answers.begin(tx.sql(), call, key);
                    answers.end(tx.sql(), call, key, new byte[RequestAnswers.MAX_SIZE + 1]);
                    return true;
                }));

        assertThat(refused.code()).isEqualTo(ProblemCode.TOO_LARGE);
        assertThat(count(call, "request_answer")).isZero();
    }

    /// Makes a company as a request with the key would, and returns what is answered: its id.
    private String create(CallContext call, String text, String name) {
        RequestAnswers answers = engine.relata().answers();
        RequestAnswers.Key key = new RequestAnswers.Key(text, name);
        return engine.relata()
                .writer()
                .transaction(
                        call,
                        tx -> answers.begin(tx.sql(), call, key)
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .orElseGet(() -> {
                                    RecordInput input =
                                            new RecordInput(null, null, TestEngine.values("name", name), Form.JSON);
                                    UUID id = engine.relata()
                                            .writer()
                                            .save(tx, tx.entity("company"), input)
                                            .data()
                                            .id();
                                    answers.end(
                                            tx.sql(), call, key, id.toString().getBytes(StandardCharsets.UTF_8));
                                    return id.toString();
                                }));
    }

    private long count(CallContext call, String table) throws SQLException {
        return engine.database().count("select count(*) from relata." + table + " where tenant_id = ?", call.tenant());
    }
}
