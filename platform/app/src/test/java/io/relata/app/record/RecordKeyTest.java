package io.relata.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.app.PathId;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.AlternateKey;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordTarget.Existence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

    @Test
    void readsIdsInFullFormOnly() {
        UUID id = UUID.randomUUID();
        assertThat(PathId.of(id.toString())).isEqualTo(id);
        for (String text : new String[] {"", "1-1-1-1-1", "x", id + " ", "'" + id + "'"}) {
            assertThatThrownBy(() -> PathId.of(text)).isInstanceOf(ProblemException.class);
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

    @Test
    void readsAlternateKeysOfUniqueFields() {
        EntityDefinition account = account();

        assertThat(RecordKey.existing(account, "number='O''Neil (7)'", null).key())
                .isEqualTo(new AlternateKey(account.fields().getFirst(), "O'Neil (7)"));
        UUID id = UUID.randomUUID();
        assertThat(RecordKey.existing(account, "id=" + id, "W/\"2\"")).isEqualTo(RecordTarget.of(id, 2L));
        for (String text : new String[] {"name='x'", "nothing='x'", "number=''", "number='" + "x".repeat(41) + "'"}) {
            assertThatThrownBy(() -> RecordKey.existing(account, text, null))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refusal -> assertThat(refusal.violations()).hasSize(1));
        }
    }

    @Test
    void asksOfARecordToWriteWhatTheHeadersSay() {
        EntityDefinition account = account();

        assertThat(RecordKey.toWrite(account, "number='1'", null, null).existence())
                .isEqualTo(Existence.OPEN);
        assertThat(RecordKey.toWrite(account, "number='1'", "*", null).existence())
                .isEqualTo(Existence.REQUIRED);
        assertThat(RecordKey.toWrite(account, "number='1'", null, "*").existence())
                .isEqualTo(Existence.FORBIDDEN);
        assertThat(RecordKey.toWrite(account, UUID.randomUUID().toString(), null, null)
                        .existence())
                .as("nobody makes ids but us")
                .isEqualTo(Existence.REQUIRED);
    }

    private static EntityDefinition account() {
        LocalizedText text = new LocalizedText(Map.of("en", "x"));
        return EntityDefinition.builder(UUID.randomUUID(), "account", text)
                .fields(List.of(field("number", true), field("name", false)))
                .build();
    }

    private static FieldDefinition field(String name, boolean unique) {
        LocalizedText label = new LocalizedText(Map.of("en", name));
        return FieldDefinition.builder(name, FieldTypes.TEXT, label)
                .unique(unique)
                .set(Setting.MAX_LENGTH, 40)
                .build();
    }
}
