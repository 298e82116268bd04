package io.relata.app.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.app.identity.Languages;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemFormTest {

    @Test
    void answersInODatasFormWhoSpeaksOData() {
        assertThat(form(Map.of("OData-MaxVersion", "4.0"))).isEqualTo(ProblemForm.ODATA);
        assertThat(form(Map.of("OData-Version", "4.0", "Accept", "application/json")))
                .isEqualTo(ProblemForm.ODATA);
        assertThat(form(Map.of("Accept", "application/json;OData.metadata=minimal")))
                .isEqualTo(ProblemForm.ODATA);
    }

    @Test
    void answersWithAProblemEverybodyElse() {
        assertThat(form(Map.of())).isEqualTo(ProblemForm.PROBLEM);
        assertThat(form(Map.of("Accept", "application/json"))).isEqualTo(ProblemForm.PROBLEM);
        assertThat(form(Map.of("OData-MaxVersion", "4.0", "Accept", "application/json, application/problem+json")))
                .isEqualTo(ProblemForm.PROBLEM);
    }

    @Test
    void saysTheSameInODatasForm() {
        Problem problem = Problem.of(
                ProblemException.invalid(
                        List.of(Violation.of("name", "required"), Violation.of(null, "too-large", 10))),
                Languages.ENGLISH,
                "request-1");
        assertThat(ProblemForm.ODATA.body(problem))
                .isEqualTo(Map.of(
                        "error",
                        Map.of(
                                "code",
                                "validation",
                                "message",
                                problem.detail(),
                                "details",
                                List.of(
                                        Map.of("code", "required", "message", "A value is needed.", "target", "name"),
                                        Map.of("code", "too-large", "message", "At most 10 bytes are taken.")))));
    }

    private static ProblemForm form(Map<String, String> headers) {
        return ProblemForm.ofODataRequest(headers::get);
    }
}
