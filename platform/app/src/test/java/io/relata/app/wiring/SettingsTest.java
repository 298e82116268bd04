package io.relata.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void findsTheRealmOnBothWays() {
        Settings settings = Settings.of(TestSettings.environment());
        assertThat(settings.realm("/x")).isEqualTo(URI.create("http://127.0.0.1:9482/realms/relata/x"));
        assertThat(settings.realmInBrowser("/x")).isEqualTo("http://localhost:9482/realms/relata/x");
        assertThat(settings.origin()).isEqualTo("http://localhost:9480");
        assertThat(settings.secure()).isFalse();
    }

    @Test
    void namesEverySettingThatIsMissing() {
        assertThatThrownBy(() -> Settings.of(Map.of()))
                .isInstanceOf(UnusableSettingsException.class)
                .message()
                .contains("RELATA_PUBLIC_URL", "RELATA_ISSUER", "RELATA_WEB_CLIENT_SECRET", "RELATA_FILES_DIR");
    }

    @Test
    void refusesAddressesThatAreNone() {
        Map<String, String> environment = TestSettings.environment();
        environment.put("RELATA_PUBLIC_URL", "localhost:9480");
        environment.put("RELATA_KEYCLOAK_URL", "http://a b");
        assertThatThrownBy(() -> Settings.of(environment))
                .hasMessageContaining("RELATA_PUBLIC_URL is not an absolute address")
                .hasMessageContaining("RELATA_KEYCLOAK_URL is not an absolute address");
    }

    @Test
    void isInProductionUnlessToldOtherwise() {
        Map<String, String> environment = TestSettings.environment();
        environment.remove("RELATA_PROFILE");
        assertThatThrownBy(() -> Settings.of(environment)).hasMessageContaining("must be https in production");
        environment.put("RELATA_PROFILE", "developement");
        assertThatThrownBy(() -> Settings.of(environment)).hasMessageContaining("must be dev or production");
    }

    @Test
    void refusesDevelopmentDefaultsInProduction() {
        Map<String, String> environment = TestSettings.environment();
        environment.put("RELATA_PROFILE", "production");
        assertThatThrownBy(() -> Settings.of(environment))
                .message()
                .contains(
                        "RELATA_PUBLIC_URL must be https",
                        "RELATA_ISSUER must be https",
                        "RELATA_WEB_CLIENT_SECRET is a development default",
                        "RELATA_DB_PASSWORD is a development default",
                        "RELATA_MASTER_KEYS is not set");
    }

    @Test
    void acceptsProperSettingsInProduction() {
        Map<String, String> environment = TestSettings.environment();
        environment.put("RELATA_PROFILE", "production");
        environment.put("RELATA_PUBLIC_URL", "https://crm.example");
        environment.put("RELATA_ISSUER", "https://id.example/realms/relata");
        environment.put("RELATA_WEB_CLIENT_SECRET", "b7f2c1");
        environment.put("RELATA_DB_PASSWORD", "a1e9d4");
        environment.put("RELATA_MASTER_KEYS", "first:" + "A".repeat(42) + "A=");
        assertThat(Settings.of(environment).secure()).isTrue();
    }

    @Test
    void refusesMasterKeysThatAreNone() {
        Map<String, String> environment = TestSettings.environment();
        environment.put("RELATA_MASTER_KEYS", "first:short");
        assertThatThrownBy(() -> Settings.of(environment)).hasMessageContaining("RELATA_MASTER_KEYS must be name:key");
    }

    @Test
    void keepsSecretsOutOfItsText() {
        assertThat(Settings.of(TestSettings.environment()).toString()).doesNotContain("web-dev");
    }

    @Test
    void letsRequestsInsideWhereTheOperatorSaysSo() {
        Map<String, String> environment = TestSettings.environment();
        assertThat(Settings.of(environment).outgoing().fault(URI.create("http://erp.local:8080/hook")))
                .hasValue("outgoing-https");
        environment.put("RELATA_OUTGOING_ALLOWED", "erp.local:8080, [fd00::1]:9000");
        assertThat(Settings.of(environment).outgoing().fault(URI.create("http://erp.local:8080/hook")))
                .isEmpty();
        environment.put("RELATA_OUTGOING_ALLOWED", "http://erp.local");
        assertThatThrownBy(() -> Settings.of(environment))
                .hasMessageContaining("RELATA_OUTGOING_ALLOWED must be host:port");
    }
}
