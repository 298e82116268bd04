package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whom the running platform does not believe, and how soon it stops believing.
@ExtendWith(ProductExtension.class)
class TokenIT {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Product product;
    private final Product.TestTenant tenant;
    private final String good;

    TokenIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        this.good = tenant.credentials().get().orElseThrow();
    }

    @Test
    void believesNothingButWhatTheRealmSignedForThePlatform() throws Exception {
        assertThat(product.withToken(good).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(product.anonymous().get("/api/v1/me").status()).isEqualTo(401);
        for (Map.Entry<String, String> attempt : attempts().entrySet()) {
            Api.Answer answer = product.withToken(attempt.getValue()).get("/api/v1/me");
            assertThat(answer.status()).as(attempt.getKey()).isEqualTo(401);
            assertThat(answer.problem()).as(attempt.getKey()).isEqualTo("unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    private Map<String, String> attempts() throws GeneralSecurityException {
        JsonNode header = decoded(part(good, 0));
        PublicKey key = realmKey(header.path("kid").asText());
        KeyPair own = ownKeys();
        Map<String, String> attempts = new LinkedHashMap<>();
        attempts.put("nothing", "");
        attempts.put("no token", "garbage");
        attempts.put("a signature changed", good.substring(0, good.length() - 8) + "AAAAAAAA");
        attempts.put("claims changed", part(good, 0) + "." + encoded(otherSubject()) + "." + part(good, 2));
        attempts.put("not signed", encoded(header("none", header)) + "." + part(good, 1) + ".");
        attempts.put(
                "signed none, with the signature",
                encoded(header("NONE", header)) + good.substring(part(good, 0).length()));
        attempts.put("the public key as a secret", hmac(header, key.getEncoded()));
        attempts.put("the public key's text as a secret", hmac(header, pem(key).getBytes(StandardCharsets.US_ASCII)));
        attempts.put("another key under the realm's name", signed(header("RS256", header), own));
        ObjectNode withKey = header("RS256", header);
        withKey.set("jwk", jwk((RSAPublicKey) own.getPublic()));
        attempts.put("a key brought along", signed(withKey, own));
        attempts.put(
                "a key to be fetched",
                signed(header("RS256", header).put("jku", product.baseUrl() + "/keys.json"), own));
        attempts.put(
                "a name of a key that is a path", signed(header("RS256", header).put("kid", "../../dev/null"), own));
        attempts.put("for another audience", token(product.demo().path("operatorClient")));
        attempts.put("of another realm", tokenOfAnotherRealm());
        return attempts;
    }

    @Test
    void whoIsNoAdministratorAnyMoreIsNoneWithinSeconds() throws SQLException {
        assertThat(tenant.api().get("/api/v1/access/roles").status()).isEqualTo(200);
        try (Connection connection = product.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("update control.membership set role = 'user' where tenant_id = '" + tenant.id() + "'");
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(product.withToken(good)
                                .get("/api/v1/access/roles")
                                .status())
                        .isEqualTo(403));
        assertThat(product.withToken(good).get("/api/v1/me").json().path("role").asText())
                .isEqualTo("user");
    }

    @Test
    void aTokenOpensItsOwnTenantOnly() {
        Product.TestTenant other = product.newTenant();
        String theirs = other.api()
                .post("/api/v1/data/accounts", Map.of("name", "Theirs"))
                .json()
                .path("id")
                .asText();
        assertThat(product.withToken(good)
                        .get("/api/v1/data/accounts(" + theirs + ")")
                        .status())
                .isEqualTo(404);
        assertThat(product.withToken(good)
                        .get("/api/v1/me")
                        .json()
                        .at("/tenant/id")
                        .asText())
                .isEqualTo(tenant.id());
    }

    private String token(JsonNode client) {
        return new ClientCredentials(
                        product.tokenUrl(),
                        client.path("clientId").asText(),
                        client.path("clientSecret").asText())
                .get()
                .orElseThrow();
    }

    /// Signs in as the administrator of Keycloak itself.
    private String tokenOfAnotherRealm() {
        String url = product.tokenUrl().replaceAll("/realms/[^/]+/", "/realms/master/");
        Api.Answer answer = new Api(url, Optional::empty)
                .send(
                        "POST",
                        "",
                        BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username=admin&password="
                                + product.keycloakPassword()),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("access_token").asText();
    }

    private ObjectNode otherSubject() {
        return ((ObjectNode) decoded(part(good, 1))).put("sub", "00000000-0000-0000-0000-000000000001");
    }

    private PublicKey realmKey(String kid) throws GeneralSecurityException {
        JsonNode keys = new Api(product.tokenUrl().replaceFirst("/token$", "/certs"), Optional::empty)
                .get("")
                .json()
                .path("keys");
        for (JsonNode key : keys) {
            if (key.path("kid").asText().equals(kid)) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
            }
        }
        throw new AssertionError("The realm does not publish " + kid);
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, DECODER.decode(text.asText()));
    }

    private static KeyPair ownKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static ObjectNode jwk(RSAPublicKey key) {
        return Api.JSON
                .createObjectNode()
                .put("kty", "RSA")
                .put("n", ENCODER.encodeToString(key.getModulus().toByteArray()))
                .put("e", ENCODER.encodeToString(key.getPublicExponent().toByteArray()));
    }

    private String hmac(JsonNode header, byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        String text = encoded(header("HS256", header)) + "." + part(good, 1);
        return text + "." + ENCODER.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String signed(ObjectNode header, KeyPair keys) throws GeneralSecurityException {
        String text = encoded(header) + "." + part(good, 1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + ENCODER.encodeToString(signature.sign());
    }

    private static ObjectNode header(String algorithm, JsonNode realms) {
        return ((ObjectNode) realms.deepCopy()).put("alg", algorithm);
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    private static String part(String token, int number) {
        return token.split("\\.", -1)[number];
    }

    private static JsonNode decoded(String part) {
        return new Api.Answer(200, Map.of(), new String(DECODER.decode(part), StandardCharsets.UTF_8)).json();
    }

    private static String encoded(JsonNode json) {
        return ENCODER.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
