package io.relata.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordBodyTest {

    @Test
    void takesNoRemarkForAValue() {
        assertThat(RecordBody.values(Map.of(
                        "@odata.type", "#Relata.account",
                        "@odata.etag", "W/\"1\"",
                        "name@odata.type", "String",
                        "name", "Globex",
                        "owner@odata.bind", "users(1)")))
                .isEqualTo(Map.of("name", "Globex", "owner@odata.bind", "users(1)"));
    }
}
