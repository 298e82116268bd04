package io.relata.tenantadmin.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final String ACME = """
            {"name": " Acme ", "locale": "en", "timeZone": "America/New_York", "currency": "USD", "plugins": ["sales"],
             "administrator": {"username": "Alice", "email": "Alice@Acme.example", "firstName": "Alice",
                               "lastName": "Archer", "password": "relata-alice-dev"}}
            """;

    private final Requests requests = new Requests(false);

    @Test
    void readsATenant() {
        NewTenant tenant = requests.tenant(json(ACME));

        assertThat(tenant.name()).isEqualTo("Acme");
        assertThat(tenant.slug()).isNull();
        assertThat(tenant.administrator().username()).isEqualTo("alice");
        assertThat(tenant.administrator().email()).isEqualTo("alice@acme.example");
        assertThat(tenant.administrator().role()).isEqualTo(Membership.Role.ADMINISTRATOR);
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThat(violations(() -> requests.tenant(JsonValue.EMPTY_JSON_OBJECT)))
                .containsExactlyInAnyOrder(
                        "name required",
                        "locale required",
                        "timeZone required",
                        "currency required",
                        "plugins required",
                        "administrator required");
    }

    @Test
    void namesEverythingThatIsWrong() {
        JsonObject wrong = json("""
                {"slug": "Not A Slug", "name": 5, "locale": "fr", "timeZone": "EST", "currency": "Gold",
                 "plugins": ["sales", 3], "color": "red",
                 "administrator": {"username": "service-account-x", "email": "nowhere", "firstName": "A\\u0000",
                                   "lastName": null, "password": "short", "role": "administrator"}}
                """);

        assertThat(violations(() -> requests.tenant(wrong)))
                .containsExactlyInAnyOrder(
                        "slug slug",
                        "name expected-text",
                        "locale locale",
                        "timeZone time-zone",
                        "currency currency",
                        "plugins[1] plugin",
                        "administrator.username username",
                        "administrator.email email",
                        "administrator.firstName invalid-characters",
                        "administrator.lastName required",
                        "administrator.password too-short",
                        "administrator.role unknown-field",
                        "color unknown-field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u202Eb", "a\nb", "\uD800", "\uFFFF", "\uFEFFa"})
    void refusesCharactersThatHideOrBreakText(String name) {
        assertThat(violations(() -> requests.tenant(with("name", Json.createValue(name)))))
                .contains("name invalid-characters");
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(requests.tenant(with("name", Json.createValue("𠮷".repeat(100))))
                        .name())
                .isEqualTo("𠮷".repeat(100));
        assertThat(violations(() -> requests.tenant(with("name", Json.createValue("𠮷".repeat(101))))))
                .containsExactly("name too-long");
    }

    @Test
    void refusesDevelopmentPasswordsInProduction() {
        assertThat(violations(() -> new Requests(true).tenant(json(ACME))))
                .containsExactly("administrator.password development-password");
    }

    @Test
    void wantsARoleForUsers() {
        assertThat(violations(() -> requests.person(json("""
                        {"username": "bob", "email": "bob@acme.example", "firstName": "B", "lastName": "B",
                         "role": "owner"}
                        """)))).containsExactly("role role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":1}x", "\"text\"", "{'a':1}"})
    void refusesWhatIsNotAJsonObject(String body) {
        assertThat(code(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(code(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void refusesLargeBodies() {
        assertThat(code(new byte[100_000])).isEqualTo(ProblemCode.TOO_LARGE);
    }

    private static ProblemCode code(byte[] body) {
        try {
            JsonBody.read(new ByteArrayInputStream(body));
            throw new AssertionError("was read");
        } catch (ProblemException problem) {
            return problem.code();
        }
    }

    private static List<String> violations(Runnable reading) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, reading::run);
        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION);
        return problem.violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    private static JsonObject with(String field, JsonValue value) {
        return Json.createObjectBuilder(json(ACME)).add(field, value).build();
    }

    private static JsonObject json(String text) {
        return JsonBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
