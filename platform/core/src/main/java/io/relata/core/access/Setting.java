package io.relata.core.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.spi.CallContext;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// One kind of what says who has access to what, as the API shows and takes it.
interface Setting {

    /// Returns all there is, with the key of each as `id`, and who changed it when.
    List<ObjectNode> list(DSLContext sql, MetadataSnapshot snapshot);

    /// Stores one; what was stored under the key is replaced.
    void put(Change change, String key, Input input);

    /// Returns whether there was one.
    boolean delete(Change change, String key);

    /// A change by an administrator.
    record Change(DSLContext sql, CallContext context, MetadataSnapshot snapshot, OffsetDateTime at) {

        UUID tenant() {
            return context.tenant();
        }

        UUID by() {
            return context.user();
        }
    }
}
