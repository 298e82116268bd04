package io.relata.app.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.app.identity.KeysUnavailableException;
import io.relata.app.identity.Languages;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.DatabaseUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    private static final String ID = "request-1";

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void hasTitleAndStatusInBothLanguages(ProblemCode code) {
        ProblemException refusal = ProblemException.of(code, "not-found");
        Problem english = Problem.of(refusal, Languages.ENGLISH, ID);
        Problem chinese = Problem.of(refusal, Languages.CHINESE, ID);
        assertThat(english.status())
                .isBetween(400, 599)
                .isEqualTo(english.body().get("status"));
        assertThat(english.body())
                .containsEntry("type", "urn:relata:problem:" + code.code())
                .containsEntry("instance", ID);
        assertThat(english.body().get("title"))
                .asString()
                .isNotBlank()
                .isNotEqualTo(chinese.body().get("title"));
        assertThat(english.body().get("detail")).isNotEqualTo(chinese.body().get("detail"));
    }

    @Test
    void listsEveryViolationInTheReadersWords() {
        ProblemException refusal = ProblemException.invalid(
                List.of(Violation.of("locale", "not-a-language"), Violation.of(null, "too-large", 10)));
        assertThat(Problem.of(refusal, Languages.CHINESE, ID).body().get("violations"))
                .isEqualTo(List.of(
                        Map.of("field", "locale", "code", "not-a-language", "message", "可用的语言为 en 和 zh-CN。"),
                        Map.of("code", "too-large", "message", "最多接受 10 字节。")));
        assertThat(Problem.of(refusal, Languages.ENGLISH, ID).status()).isEqualTo(422);
    }

    @Test
    void carriesWhatElseTheRefusalSays() {
        ProblemException refusal = new ProblemException(
                ProblemCode.CONFLICT, "conflict", List.of(), List.of(), Map.of("current", Map.of("name", "Acme")));
        assertThat(Problem.of(refusal, Languages.ENGLISH, ID).body())
                .containsEntry("current", Map.of("name", "Acme"))
                .containsEntry("status", 412);
    }

    @Test
    void saysWhatToDoAboutAPlanThatIsOutOfDate() {
        ProblemException refusal = ProblemException.of(ProblemCode.PLAN_OUTDATED, "plan-outdated");
        Problem english = Problem.of(refusal, Languages.ENGLISH, ID);
        assertThat(english.status()).isEqualTo(412);
        assertThat(english.body()).containsEntry("title", "This plan is out of date");
        assertThat(english.body().get("detail"))
                .asString()
                .contains("Nothing was applied", "Plan the same changes again");
        assertThat(Problem.of(refusal, Languages.CHINESE, ID).body())
                .containsEntry("title", "此变更计划已过期")
                .extractingByKey("detail")
                .asString()
                .contains("未应用任何内容", "重新制定计划");
    }

    @Test
    void tellsOutagesFromFaults() {
        assertThat(codeOf(new DatabaseUnavailableException(new SQLTransientConnectionException("refused", "08001"))))
                .isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(codeOf(new IllegalStateException(new SQLException("pool is empty"))))
                .isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(codeOf(new IllegalStateException(new SQLException("too slow", "57014"))))
                .isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(Refusals.of(new IllegalStateException(new SQLException("deadlock detected", "40P01"))))
                .returns(ProblemCode.UNAVAILABLE, ProblemException::code)
                .returns("others-in-the-way", ProblemException::detail);
        assertThat(codeOf(new IllegalStateException(new SQLException("could not serialize access", "40001"))))
                .isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(codeOf(new IllegalStateException(new SQLException("no such column", "42703"))))
                .isEqualTo(ProblemCode.INTERNAL);
        assertThat(codeOf(new NullPointerException())).isEqualTo(ProblemCode.INTERNAL);
        assertThat(codeOf(new KeysUnavailableException(new IllegalStateException())))
                .isEqualTo(ProblemCode.UNAVAILABLE);
    }

    @Test
    void saysNothingOfAnInternalFault() {
        ProblemException refusal = Refusals.of(new IllegalStateException("password=hunter2"));
        assertThat(Problem.of(refusal, Languages.ENGLISH, ID).body().toString()).doesNotContain("hunter2");
    }

    private static ProblemCode codeOf(Throwable thrown) {
        return Refusals.of(thrown).code();
    }
}
