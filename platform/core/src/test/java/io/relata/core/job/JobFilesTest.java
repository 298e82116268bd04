package io.relata.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {

    private static final UUID TENANT = new UUID(0, 7);

    @TempDir
    Path root;

    @Test
    void keepsAFileInTheTenantsFolder() throws IOException {
        JobFiles files = new JobFiles(root, "imports");

        String key = files.store(TENANT, content("a,b\n"));

        assertThat(files.path(TENANT, key)).hasContent("a,b\n").startsWith(root.resolve(TENANT.toString()));
    }

    @Test
    void leavesNothingOfAFileThatIsTooLarge() throws IOException {
        JobFiles files = new JobFiles(root, "imports");

        assertThatThrownBy(() -> files.store(TENANT, new Endless()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_LARGE));
        assertThat(all()).isEmpty();
    }

    @Test
    void leavesNothingOfAnUploadThatBreaksOff() throws IOException {
        JobFiles files = new JobFiles(root, "imports");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> files.store(TENANT, broken)).hasMessage("connection reset");
        assertThat(all()).isEmpty();
    }

    @Test
    void sweepsOldFilesThatNoJobNeeds() throws IOException {
        JobFiles files = new JobFiles(root, "imports");
        String needed = files.store(TENANT, content("needed"));
        String left = files.store(TENANT, content("left"));

        files.sweep(TENANT, Set.of(needed), Instant.EPOCH);
        assertThat(files.path(TENANT, left)).exists();

        files.sweep(TENANT, Set.of(needed), Instant.parse("2999-01-01T00:00:00Z"));
        assertThat(files.path(TENANT, left)).doesNotExist();
        assertThat(files.path(TENANT, needed)).exists();
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Endless extends InputStream {

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
        }
    }
}
