package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.UsageReporter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Counts a tenant's records, table by table.
public final class RecordCount implements UsageReporter.LiveRecords {

    private final TenantTransaction transactions;
    private final MetadataService metadata;

    public RecordCount(TenantTransaction transactions, MetadataService metadata) {
        this.transactions = transactions;
        this.metadata = metadata;
    }

    @Override
    public long count(UUID tenant) {
        Map<String, EntityDefinition> tables = new HashMap<>();
        metadata.snapshot(tenant).entities().forEach(entity -> tables.put(entity.table(), entity));
        return transactions.read(
                tenant,
                sql -> tables.values().stream()
                        .mapToLong(entity -> count(sql, tenant, entity))
                        .sum());
    }

    private static long count(DSLContext sql, UUID tenant, EntityDefinition entity) {
        RecordColumns columns = RecordColumns.of(entity);
        return sql.selectCount()
                .from(columns.table())
                .where(columns.tenantId().eq(tenant))
                .and(columns.state().eq(DSL.inline(RecordColumns.LIVE)))
                .fetchSingle()
                .value1();
    }
}
