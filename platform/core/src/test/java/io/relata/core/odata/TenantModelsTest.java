package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.TestEntities;
import java.util.List;
import java.util.UUID;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.junit.jupiter.api.Test;

class TenantModelsTest {

    private final TenantModels models = new TenantModels();

    @Test
    void makesAModelOncePerSnapshot() {
        MetadataSnapshot snapshot = TestEntities.snapshot(UUID.randomUUID());

        assertThat(models.of(snapshot)).isSameAs(models.of(snapshot));
    }

    @Test
    void forgetsAPluginThatWasSwitchedOff() {
        UUID tenant = UUID.randomUUID();
        MetadataSnapshot before = new MetadataSnapshot(tenant, 1, List.of(TestEntities.REGION), List.of());
        MetadataSnapshot after = new MetadataSnapshot(tenant, 1, List.of(), List.of());
        FullQualifiedName region = new FullQualifiedName(TenantEdmProvider.NAMESPACE, "region");

        assertThat(models.of(before).getEdm().getEntityType(region)).isNotNull();
        assertThat(models.of(after).getEdm().getEntityType(region)).isNull();
    }

    @Test
    void hidesALookupWhoseTargetTheTenantDoesNotHave() {
        MetadataSnapshot alone = new MetadataSnapshot(UUID.randomUUID(), 1, List.of(TestEntities.DEAL), List.of());
        FullQualifiedName deal = new FullQualifiedName(TenantEdmProvider.NAMESPACE, "deal");

        assertThat(models.of(alone).getEdm().getEntityType(deal).getNavigationPropertyNames())
                .isEmpty();
        assertThat(models.of(alone).getEdm().getEntityType(deal).getPropertyNames())
                .contains("companyId");
    }
}
