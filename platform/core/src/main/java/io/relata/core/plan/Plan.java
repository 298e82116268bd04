package io.relata.core.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.MetadataDiff;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of a tenant's metadata: worked out, or applied.
///
/// @param baseVersion the version of the metadata that it was worked out against
/// @param version     the version that it made; `null` until it is applied
/// @param impacts     what it means for records, by component
/// @param jobs        what goes on in the background since it was applied
/// @param reverts     the plan that it takes back
/// @param revertedBy  the plan that took it back
public record Plan(
        UUID id,
        String title,
        State state,
        long baseVersion,
        @Nullable Long version,
        MetadataDiff diff,
        Map<ComponentKey, ObjectNode> impacts,
        List<UUID> jobs,
        @Nullable UUID reverts,
        @Nullable UUID revertedBy,
        Instant createdAt,
        UUID createdBy,
        @Nullable Instant appliedAt,
        @Nullable UUID appliedBy) {

    public Plan {
        impacts = Map.copyOf(impacts);
        jobs = List.copyOf(jobs);
    }

    /// Where a plan stands.
    public enum State {
        OPEN,
        APPLIED;

        /// Returns the state as the API and the database write it.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
