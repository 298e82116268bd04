package io.relata.core.odata;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.List;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ServiceMetadata;

/// The OData models of the tenants that were asked for last.
///
/// A model belongs to one snapshot, the very object: a tenant's version does not change when a plugin is switched on or
/// off, and no two tenants share a snapshot.
///
/// Terms of the core vocabulary are named in full, without a reference to its document: clients such as Olingo's fetch
/// what is referred to, and fail where the network does not let them.
final class TenantModels {

    private static final int CACHED_FIELDS = 500_000;

    private final OData odata = OData.newInstance();
    private final LoadingCache<MetadataSnapshot, ServiceMetadata> models = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(CACHED_FIELDS)
            .weigher((MetadataSnapshot snapshot, ServiceMetadata model) -> weight(snapshot))
            .build(snapshot -> odata.createServiceMetadata(new TenantEdmProvider(snapshot), List.of()));

    OData odata() {
        return odata;
    }

    ServiceMetadata of(MetadataSnapshot snapshot) {
        return models.get(snapshot);
    }

    private static int weight(MetadataSnapshot snapshot) {
        return 1
                + snapshot.entities().stream()
                        .mapToInt(entity -> 1 + entity.fields().size())
                        .sum();
    }
}
