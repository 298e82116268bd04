package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmTest {

    @Test
    void holdsThisInstallationsAddressesAndSecrets(@TempDir Path folder) throws Exception {
        Secrets secrets = Secrets.in(new Home(folder));

        JsonNode realm = PrivateFiles.JSON.readTree(realm(secrets).filledIn());

        JsonNode web = realm.path("clients").path(0);
        assertThat(web.path("clientId").asText()).isEqualTo("relata-web");
        assertThat(web.path("secret").asText()).isEqualTo(secrets.webClient());
        assertThat(web.path("redirectUris").path(0).asText()).isEqualTo("http://localhost:9480/auth/callback");
        assertThat(web.path("attributes").path("backchannel.logout.url").asText())
                .isEqualTo("http://127.0.0.1:9480/auth/backchannel-logout");
        assertThat(realm.toString()).doesNotContain("@app.", "@web.secret@", "@operator.");
    }

    @Test
    void keepsSecretsOutOfTheTemplate() throws Exception {
        String template = Files.readString(Path.of("keycloak", "relata-realm.json"));

        assertThat(template).contains("\"secret\": \"@web.secret@\"", "\"secret\": \"@operator.secret@\"");
    }

    private static Realm realm(Secrets secrets) {
        Dist dist = new Dist(Path.of("").toAbsolutePath(), new Properties());
        return new Realm(dist, new Addresses(new Ports(9480), Addresses.LOOPBACK), secrets);
    }
}
