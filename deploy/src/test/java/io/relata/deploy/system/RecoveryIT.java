package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relata.deploy.Part;
import io.relata.deploy.RunningProduct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A part is killed without warning; the next start brings the product back with everything in it.
@ExtendWith(ProductExtension.class)
class RecoveryIT {

    private final Product product;

    RecoveryIT(Product product) {
        this.product = product;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "Keycloak", "Platform", "Tenant admin"})
    void comesBackAfterAPartIsKilled(String name) {
        Product.TestTenant tenant = tenantOnceReady();
        String id = tenant.api()
                .post("/api/v1/data/accounts", Map.of("name", "Survivor"))
                .json()
                .path("id")
                .asText();
        Part part = part(product.start(), name);
        ProcessHandle process = part.process().orElseThrow();

        process.destroyForcibly();
        process.onExit().join();
        assertThat(part.healthy()).isFalse();

        RunningProduct again = product.start();
        assertThat(again.parts().all()).allMatch(Part::healthy);
        assertThat(tenant.api()
                        .get("/api/v1/data/accounts(" + id + ")")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("Survivor");
        assertThat(tenantOnceReady().api().get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void saysSoWhileTheDatabaseIsAway() {
        Product.TestTenant tenant = tenantOnceReady();
        // Both callers sign in now: without its database Keycloak gives nobody a token.
        assertThat(product.operator().get("/api/tenants").status()).isEqualTo(200);
        assertThat(tenant.api().get("/api/v1/data/accounts").status()).isEqualTo(200);
        Part postgres = part(product.start(), "PostgreSQL");
        ProcessHandle process = postgres.process().orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        try {
            for (Api.Answer answer :
                    List.of(product.operator().get("/api/tenants"), tenant.api().get("/api/v1/data/accounts"))) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).endsWith("unavailable");
            }
        } finally {
            product.start();
        }
        assertThat(tenantOnceReady().api().get("/api/v1/me").status()).isEqualTo(200);
    }

    /// Pools that lost their connections find out one by one; a minute is more than they need.
    private Product.TestTenant tenantOnceReady() {
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(product::newTenant, tenant -> true);
    }

    private static Part part(RunningProduct running, String name) {
        return running.parts().all().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
