package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestEngine;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class UsageReporterTest {

    private final LocalPostgres postgres;

    UsageReporterTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void reportsTheLiveRecordsOfTenantsThatChanged(@TempDir Path folder) throws IOException, SQLException {
        try (TestEngine engine = TestEngine.start(postgres, folder)) {
            CallContext call = engine.tenant("counted");
            CallContext idle = engine.tenant("idle");
            RecordData company = engine.create(call, "company", "name", "A");
            engine.create(call, "company", "name", "B");
            engine.create(call, "deal", "name", "C");
            engine.relata().writer().delete(call, "company", company.id(), null);

            engine.relata().usage().report();

            String usage = "select value from control.usage where metric = 'records' and tenant_id = ?";
            assertThat(engine.database().all(usage, call.tenant())).containsExactly(2L);
            assertThat(engine.database().all(usage, idle.tenant())).isEmpty();
        }
    }
}
