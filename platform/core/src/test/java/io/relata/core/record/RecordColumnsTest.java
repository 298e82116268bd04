package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.jooq.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RecordColumnsTest {

    private final LocalPostgres postgres;

    RecordColumnsTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void givesSlotAndDocumentTheSameStoredForm(@TempDir Path folder) throws IOException, SQLException {
        try (TestEngine engine = TestEngine.start(postgres, folder)) {
            CallContext call = engine.tenant("columns");
            UUID company = engine.create(call, "company", "name", "Acme").id();
            RecordData deal = engine.create(
                    call,
                    "deal",
                    "name",
                    "A",
                    "companyId",
                    company.toString(),
                    "contactId",
                    company.toString(),
                    "amount",
                    "1.5",
                    "weight",
                    "-12.3456",
                    "hot",
                    true,
                    "urgent",
                    true,
                    "closeDate",
                    "2026-01-02",
                    "due",
                    "2026-01-02",
                    "callAt",
                    "2026-01-02T03:04:05.000006Z",
                    "seenAt",
                    "2026-01-02T03:04:05.000006Z",
                    "notes",
                    "long");
            EntityDefinition deals = engine.relata()
                    .metadata()
                    .snapshot(call.tenant())
                    .entity("deal")
                    .orElseThrow();
            RecordColumns columns = RecordColumns.of(deals, "d");

            Record row = engine.relata()
                    .transactions()
                    .call(
                            call,
                            sql -> sql.select(deals.fields().stream()
                                            .map(columns::field)
                                            .toList())
                                    .from(columns.table())
                                    .where(columns.live(call.tenant()))
                                    .fetchSingle());

            for (int i = 0; i < deals.fields().size(); i++) {
                FieldDefinition field = deals.fields().get(i);
                assertThat(row.get(i)).isEqualTo(StoredValue.of(field, deal.value(field.name())));
                assertThat(StoredValue.toValue(field, row.get(i))).isEqualTo(deal.value(field.name()));
            }
        }
    }
}
