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

/// The shell commands of the guide for people who write programs, run from the first to the last as they stand there.
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
    void itsCommandsDoWhatItSays(@TempDir Path folder) throws IOException, InterruptedException {
        SystemPackages.program(List.of("jq"), "jq");
        SystemPackages.program(List.of("curl"), "curl");
        String guide = Files.readString(Path.of("..", "docs", "guides", "api.md"));
        String commands = COMMANDS.matcher(guide)
                .results()
                .map(block -> block.group(1))
                .filter(block -> !block.contains("npx "))
                .map(block -> block.replaceAll("(?m)^(BASE_URL|TOKEN_URL)=.*$", "")
                        .replaceAll("(?m)^token=.*$", "token=\"\\$TOKEN\""))
                .collect(Collectors.joining("\n"));
        assertThat(commands).contains("$apply=", "opportunities/any(", "matchespattern(", "Relata.restore");

        Path script = Files.writeString(folder.resolve("guide.sh"), PRELUDE + commands);
        Path answers = folder.resolve("answers");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).redirectError(answers.toFile());
        builder.environment().put("BASE_URL", product.baseUrl());
        builder.environment()
                .put("TOKEN", product.newTenant().credentials().get().orElseThrow());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String told = Files.readString(answers);

        assertThat(process.waitFor()).as(said + told).isZero();
        List<String> refused = ANSWER.matcher(told)
                .results()
                .filter(answer -> !answer.group(1).startsWith("2"))
                .map(answer -> answer.group(1))
                .toList();
        assertThat(refused).as(told).containsExactly("422");
        assertThat(said.lines().filter(line -> line.matches("\\d{3}"))).as(said).containsExactly("412", "204");
    }
}
