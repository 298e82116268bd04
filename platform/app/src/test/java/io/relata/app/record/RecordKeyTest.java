package io.relata.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

    @Test
    void readsIdsInFullFormOnly() {
        UUID id = UUID.randomUUID();
        assertThat(RecordKey.of(id.toString())).isEqualTo(id);
        for (String text : new String[] {"", "1-1-1-1-1", "x", id + " ", "'" + id + "'"}) {
            assertThatThrownBy(() -> RecordKey.of(text)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void readsVersionsFromTags() {
        assertThat(RecordKey.version("W/\"7\"")).isEqualTo(7);
        assertThat(RecordKey.version("\"7\"")).isEqualTo(7);
        assertThat(RecordKey.version(null)).isNull();
        assertThat(RecordKey.version(" * ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "W/7", "\"x\"", "\"-1\"", "\"99999999999999999999\"", "\"1\", \"2\""})
    void takesForeignTagsForVersionsThatNoRecordHas(String tag) {
        assertThat(RecordKey.version(tag)).isEqualTo(-1);
    }
}
