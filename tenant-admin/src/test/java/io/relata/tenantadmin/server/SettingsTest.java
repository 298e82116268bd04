package io.relata.tenantadmin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Map<String, String> SAFE = Map.of(
            "RELATA_ADMIN_PUBLIC_URL", "https://admin.relata.example",
            "RELATA_PUBLIC_URL", "https://relata.example",
            "RELATA_ISSUER", "https://id.relata.example/realms/relata",
            "RELATA_KEYCLOAK_URL", "http://keycloak.internal:8080",
            "RELATA_OPERATOR_CLIENT_ID", "relata-operator",
            "RELATA_OPERATOR_CLIENT_SECRET", "b7c2d8e19f3a4c55",
            "RELATA_DB_PASSWORD", "0a9f8e7d6c5b4a39");

    @Test
    void startsInProductionUnlessToldOtherwise() {
        Settings settings = Settings.of(SAFE);

        assertThat(settings.production()).isTrue();
        assertThat(settings.backchannel()).hasToString("http://keycloak.internal:8080/realms/relata");
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Settings.of(Map.of("RELATA_ISSUER", " ")))
                .withMessageContainingAll("RELATA_ISSUER", "RELATA_DB_PASSWORD", "RELATA_OPERATOR_CLIENT_SECRET");
    }

    @Test
    void refusesDevelopmentValuesInProduction() {
        Map<String, String> unsafe = development();
        unsafe.put("RELATA_PROFILE", "production");

        assertThatIllegalStateException()
                .isThrownBy(() -> Settings.of(unsafe))
                .withMessageContainingAll(
                        "RELATA_ISSUER is not https",
                        "RELATA_ADMIN_PUBLIC_URL is not https",
                        "RELATA_PUBLIC_URL is not https",
                        "RELATA_OPERATOR_CLIENT_SECRET",
                        "RELATA_DB_PASSWORD");
    }

    @Test
    void takesDevelopmentValuesInDevelopment() {
        assertThat(Settings.of(development()).production()).isFalse();
    }

    @Test
    void refusesAnUnknownProfile() {
        Map<String, String> unknown = new HashMap<>(SAFE);
        unknown.put("RELATA_PROFILE", "prod");

        assertThatIllegalStateException().isThrownBy(() -> Settings.of(unknown));
    }

    @Test
    void keepsSecretsOutOfItsText() {
        assertThat(Settings.of(SAFE).toString()).doesNotContain("b7c2d8e19f3a4c55", "0a9f8e7d6c5b4a39");
    }

    private static Map<String, String> development() {
        Map<String, String> development = new HashMap<>(SAFE);
        development.put("RELATA_PROFILE", "dev");
        development.put("RELATA_ADMIN_PUBLIC_URL", "http://localhost:9481");
        development.put("RELATA_PUBLIC_URL", "http://localhost:9480");
        development.put("RELATA_ISSUER", "http://localhost:9482/realms/relata");
        development.put("RELATA_OPERATOR_CLIENT_SECRET", "a-long-operator-secret-dev");
        development.put("RELATA_DB_PASSWORD", "short");
        return development;
    }
}
