package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The shell commands of guides, run from the first to the last as they stand there.
@ExtendWith(ProductExtension.class)
class GuideIT {

    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ANSWER = Pattern.compile("^answered (\\d{3}) (.*)$", Pattern.MULTILINE);

    /// Every call tells how it was answered; those that print it themselves already do.
    private static final String PRELUDE = """
            set -euo pipefail
            curl() { command curl -w '%{stderr}answered %{http_code} %{url}\\n' "$@"; }
            """;

    private final Product product;

    GuideIT(Product product) {
        this.product = product;
    }

    @Test
    void programsDoWhatTheirGuideSays(@TempDir Path folder) throws IOException, InterruptedException {
        Run run = run("api.md", folder);

        assertThat(run.commands()).contains("$apply=", "opportunities/any(", "matchespattern(", "Relata.restore");
        assertThat(run.refusals()).as(run.told()).containsExactly("422");
        assertThat(run.said().lines().filter(line -> line.matches("\\d{3}")))
                .as(run.said())
                .containsExactly("412", "204");
    }

    @Test
    void anApplicationComesOfItsWalkThrough(@TempDir Path folder) throws IOException, InterruptedException {
        Run run = run("parking.md", folder);

        assertThat(run.refusals()).as(run.told()).containsExactly("422", "422");
        assertThat(run.said().replaceAll("(\\d)\\.0\\b", "$1"))
                .contains(
                        "3 created, 0 updated, 0 refused",
                        "3 created, 0 updated, 1 refused",
                        "line 5: ",
                        "\"c_plate\":\"NY KTR204\",\"c_citations\":2,\"c_charged\":160,\"c_unpaid\":160,\"c_last_on\":\"2022-06-09\"",
                        "An appeal is filed within 30 days of the citation.",
                        "2022-08-19",
                        "{\"c_state\":\"appealed\",\"c_open_appeals\":1,\"c_to_pay\":45}",
                        "{\"c_state\":\"paid\",\"c_open_appeals\":0,\"c_to_pay\":0}")
                .endsWith("applied\napplied\nthe same\n");
    }

    /// What came of a guide's commands.
    private record Run(String commands, String said, String told) {

        List<String> refusals() {
            return ANSWER.matcher(told)
                    .results()
                    .map(answer -> answer.group(1))
                    .filter(status -> !status.startsWith("2"))
                    .toList();
        }
    }

    private Run run(String name, Path folder) throws IOException, InterruptedException {
        SystemPackages.program(List.of("jq"), "jq");
        SystemPackages.program(List.of("curl"), "curl");
        Path project = Path.of("..").toAbsolutePath().normalize();
        String guide =
                Files.readString(project.resolve("docs").resolve("guides").resolve(name));
        String commands = COMMANDS.matcher(guide)
                .results()
                .map(block -> block.group(1))
                .filter(block -> !block.contains("npx "))
                .map(block -> block.replaceAll("(?m)^(BASE_URL|TOKEN_URL)=.*$", "")
                        .replaceAll("(?m)^token=.*$", "token=\"\\$TOKEN\""))
                .collect(Collectors.joining("\n"));
        Path script = Files.writeString(folder.resolve("guide.sh"), PRELUDE + commands);
        Path answers = folder.resolve("answers");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(project.toFile())
                .redirectError(answers.toFile());
        builder.environment().put("BASE_URL", product.baseUrl());
        builder.environment()
                .put("TOKEN", product.newTenant().credentials().get().orElseThrow());
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, jdk) -> jdk + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String told = Files.readString(answers);
        assertThat(process.waitFor()).as(said + told).isZero();
        return new Run(commands, said, told);
    }
}
