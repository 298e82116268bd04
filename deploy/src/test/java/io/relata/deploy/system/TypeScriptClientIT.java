package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A TypeScript program with types generated from the tenant's description: checked strictly, then run.
@ExtendWith(ProductExtension.class)
class TypeScriptClientIT {

    private static final Path PROGRAM = Path.of("clients", "typescript").toAbsolutePath();

    private final Product product;

    TypeScriptClientIT(Product product) {
        this.product = product;
    }

    @Test
    void isCheckedAgainstTheTenantsTypesAndWorks() throws IOException, InterruptedException {
        Product.TestTenant tenant = product.newTenant();
        assertThat(tenant.api()
                        .post("/api/v1/metadata/entities", MetadataIT.siteVisit())
                        .status())
                .isEqualTo(201);
        Path description = Files.createDirectories(PROGRAM.resolve("target")).resolve("openapi.json");
        Files.writeString(description, tenant.api().get("/api/v1/openapi.json").text());

        run(Map.of(), "node_modules/openapi-typescript/bin/cli.js", "target/openapi.json", "-o", "target/api.d.ts");
        run(Map.of(), "node_modules/typescript/bin/tsc");
        String said = run(
                Map.of(
                        "RELATA_URL", product.baseUrl(),
                        "RELATA_TOKEN", tenant.credentials().get().orElseThrow()),
                "target/client.js");
        assertThat(said).contains("typed client: done");
    }

    private static String run(Map<String, String> environment, String... script)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("node").directory(PROGRAM.toFile());
        builder.command().addAll(List.of(script));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
