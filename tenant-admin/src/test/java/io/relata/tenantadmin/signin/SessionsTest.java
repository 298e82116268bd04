package io.relata.tenantadmin.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing in against a token endpoint that answers over real HTTP.
class SessionsTest {
    private final List<Map<String, List<String>>> asked = new ArrayList<>();
    private Tokens tokens;
    private HttpServer endpoint;
    private Sessions sessions;
    private JWTClaimsSet.Builder access;
    private Optional<String> nonce = Optional.empty();
    private boolean refusing;

    @BeforeEach
    void prepare() throws JOSEException, IOException {
        tokens = new Tokens();
        access = tokens.access();
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/protocol/openid-connect/token", this::answer);
        endpoint.start();
        URI backchannel = URI.create("http://localhost:" + endpoint.getAddress().getPort());
        OidcProvider provider = new OidcProvider(
                new OidcProvider.Registration(
                        URI.create(Tokens.ISSUER),
                        backchannel,
                        Tokens.AUDIENCE,
                        "secret",
                        URI.create("https://admin.example")),
                tokens.clock);
        sessions = new Sessions(provider, tokens.verifier(), tokens.clock);
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void sendsTheBrowserAwayWithProofs() {
        Map<String, List<String>> query = query(sessions.depart("/", "zh-CN"));

        assertThat(query)
                .containsEntry("code_challenge_method", List.of("S256"))
                .containsEntry("ui_locales", List.of("zh-CN"))
                .containsEntry("redirect_uri", List.of("https://admin.example/auth/callback"))
                .containsKeys("state", "nonce", "code_challenge");
    }

    @Test
    void signsAnOperatorIn() {
        Sessions.Arrival.SignedIn in = signIn();

        assertThat(in.returnTo()).isEqualTo("/tenants/1");
        assertThat(sessions.find(in.session()).map(OperatorSession::operator))
                .contains(new Operator("op-1", "olga", "Olga Operator"));
        assertThat(asked.getFirst()).containsKeys("code", "code_verifier");
    }

    @Test
    void refusesAnswersThatBelongToAnotherBrowserOrQuestion() {
        Sessions.Departure departure = depart();
        Sessions.Departure other = depart();

        assertThat(sessions.arrive("", state(departure), "code")).isInstanceOf(Sessions.Arrival.Failed.class);
        assertThat(sessions.arrive(departure.browser(), state(other), "code"))
                .isInstanceOf(Sessions.Arrival.Failed.class);
        assertThat(asked).as("codes sent on").isEmpty();
    }

    @Test
    void acceptsAnAnswerOnce() {
        Sessions.Departure departure = depart();
        nonce = Optional.of(parameter(departure, "nonce"));

        assertThat(sessions.arrive(departure.browser(), state(departure), "code"))
                .isInstanceOf(Sessions.Arrival.SignedIn.class);
        assertThat(sessions.arrive(departure.browser(), state(departure), "code"))
                .isInstanceOf(Sessions.Arrival.Failed.class);
    }

    @Test
    void refusesATokenForAnotherQuestion() {
        Sessions.Departure departure = depart();
        nonce = Optional.of("another");

        assertThat(sessions.arrive(departure.browser(), state(departure), "code"))
                .isInstanceOf(Sessions.Arrival.Failed.class);
    }

    @Test
    void refusesPeopleWhoAreNoOperators() {
        access = access.claim("realm_access", Map.of("roles", List.of("other")));
        Sessions.Departure departure = depart();
        nonce = Optional.of(parameter(departure, "nonce"));

        assertThat(sessions.arrive(departure.browser(), state(departure), "code"))
                .isInstanceOf(Sessions.Arrival.NotAnOperator.class);
    }

    @Test
    void asksAgainWhenTheTokenHasRunOut() {
        String session = signIn().session();
        refreshClaims();

        tokens.clock.advance(Duration.ofMinutes(6));
        refreshClaims();
        assertThat(sessions.find(session)).isPresent();
        assertThat(asked.getLast()).containsEntry("grant_type", List.of("refresh_token"));

        tokens.clock.advance(Duration.ofMinutes(6));
        refusing = true;
        assertThat(sessions.find(session)).isEmpty();
    }

    @Test
    void endsTheSessionWhenTheRoleIsTakenAway() {
        String session = signIn().session();
        tokens.clock.advance(Duration.ofMinutes(6));
        refreshClaims();
        access = access.claim("realm_access", Map.of("roles", List.of()));

        assertThat(sessions.find(session)).isEmpty();
    }

    @Test
    void endsAfterHalfAnHourWithoutUse() {
        String session = signIn().session();
        tokens.clock.advance(Duration.ofMinutes(31));
        refreshClaims();

        assertThat(sessions.find(session)).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void endsAfterEightHours() {
        String session = signIn().session();
        for (int i = 0; i < 23; i++) {
            tokens.clock.advance(Duration.ofMinutes(20));
            refreshClaims();
            assertThat(sessions.find(session)).isPresent();
        }
        tokens.clock.advance(Duration.ofMinutes(20));

        assertThat(sessions.find(session)).isEmpty();
    }

    @Test
    void endsKeycloaksSessionToo() {
        String session = signIn().session();

        String location = sessions.end(session).toString();

        assertThat(location)
                .startsWith(Tokens.ISSUER + "/protocol/openid-connect/logout?")
                .contains("id_token_hint=", "post_logout_redirect_uri=https%3A%2F%2Fadmin.example%2F");
        assertThat(sessions.find(session)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/tenants/1?tab=2, /tenants/1?tab=2",
        "//evil.example, /",
        "/\\evil.example, /",
        "https://evil.example, /",
        "javascript:alert(1), /",
        "/a%0d%0aSet-Cookie, /a%0d%0aSet-Cookie"
    })
    void returnsOnlyToItself(String wanted, String path) {
        assertThat(SignInServlet.ownPath(wanted)).isEqualTo(path);
    }

    private Sessions.Departure depart() {
        return sessions.depart("/tenants/1", "en");
    }

    private Sessions.Arrival.SignedIn signIn() {
        Sessions.Departure departure = depart();
        nonce = Optional.of(parameter(departure, "nonce"));
        return (Sessions.Arrival.SignedIn) sessions.arrive(departure.browser(), state(departure), "code");
    }

    private void refreshClaims() {
        access = tokens.access();
    }

    private static String state(Sessions.Departure departure) {
        return parameter(departure, "state");
    }

    private static String parameter(Sessions.Departure departure, String name) {
        return query(departure).getOrDefault(name, List.of()).getFirst();
    }

    private static Map<String, List<String>> query(Sessions.Departure departure) {
        return URLUtils.parseParameters(departure.location().getRawQuery());
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(
                URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = (refusing ? "{\"error\":\"invalid_grant\"}" : grant()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusing ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String grant() {
        try {
            return Json.createObjectBuilder()
                    .add("access_token", tokens.sign(access.build()))
                    .add("id_token", tokens.sign(tokens.id(nonce.orElse("")).build()))
                    .add("refresh_token", "refresh")
                    .add("token_type", "Bearer")
                    .add("expires_in", 300)
                    .build()
                    .toString();
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
    }
}
