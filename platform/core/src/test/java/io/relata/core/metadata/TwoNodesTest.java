package io.relata.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.Relata;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two engines on one database, as two servers are.
@ExtendWith(PostgresExtension.class)
class TwoNodesTest {

    private static final Duration WITHIN = Duration.ofSeconds(2);

    @Test
    void serveEachOthersChangesWithinTwoSeconds(LocalPostgres postgres, @TempDir Path folder)
            throws IOException, SQLException {
        try (TestEngine one = TestEngine.start(postgres, folder);
                TestJobs jobs = TestJobs.of(one);
                Relata other = Relata.start(new Relata.Settings(
                        one.database().application(),
                        one.clock(),
                        folder.resolve("plugins"),
                        folder.resolve("files")))) {
            CallContext call = one.tenant("two-nodes");
            assertThat(other.metadata().snapshot(call.tenant()).entity("c_site"))
                    .isEmpty();

            jobs.work().plans().now(call, "Sites", Edit.changes(json("""
                    [{"op": "add", "component": "c_site", "value": {"label": {"en": "Site"}, "pluralLabel": {"en": "Sites"},
                      "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}]}}]
                    """)));
            one.clock().advance(WITHIN);

            assertThat(other.metadata().snapshot(call.tenant()).entity("c_site"))
                    .isPresent();
            RecordData site = other.writer().create(call, "c_site", TestEngine.values("c_name", "Here"));
            other.metadata().addField(call, "c_site", json("""
                    {"name": "c_area", "type": "integer", "label": {"en": "Area"}}
                    """));
            one.clock().advance(WITHIN);
            assertThat(one.update(call, "c_site", site.id(), "c_area", 7).value("c_area"))
                    .isEqualTo(7L);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
