package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.SolutionFiles;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The samples' definitions come out of a tenant as they went in, byte for byte.
@ExtendWith(PostgresExtension.class)
class SamplesTest {

    private static final Path SAMPLES = Path.of("..", "..", "plugins", "samples");

    private final LocalPostgres postgres;

    SamplesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @ParameterizedTest
    @ValueSource(strings = {"parking", "buildings", "grievances"})
    void comeOutAsTheyWentIn(String sample, @TempDir Path folder) throws IOException, SQLException {
        SortedMap<String, byte[]> files = files(SAMPLES.resolve(sample).resolve("solution"));
        try (TestEngine engine = TestEngine.start(postgres, folder);
                TestJobs jobs = TestJobs.of(engine)) {
            CallContext call = jobs.member("sample-" + sample);
            PlanService plans = jobs.work().plans();
            plans.now(
                    call,
                    sample,
                    Edit.files(
                            SolutionFiles.unzip(new ByteArrayInputStream(SolutionFiles.zip(files)), new ArrayList<>()),
                            true));
            assertThat(texts(plans.files(call))).isEqualTo(texts(files));
        }
    }

    private static SortedMap<String, byte[]> files(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static SortedMap<String, String> texts(Map<String, byte[]> files) {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((name, content) -> texts.put(name, new String(content, StandardCharsets.UTF_8)));
        return texts;
    }
}
