package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Formula;
import io.relata.spi.CallContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Reads what expressions need of the records that a lookup points to.
@FunctionalInterface
public interface Neighbours {

    /// Returns the values by id and by path; one statement. A record that is not there, or not the tenant's, has none.
    ///
    /// @param wanted by the names that the expression says, from the lookup on
    Map<UUID, Map<List<String>, @Nullable Object>> read(
            DSLContext sql,
            CallContext context,
            EntityDefinition target,
            Collection<UUID> ids,
            Map<List<String>, Formula.Source> wanted);
}
