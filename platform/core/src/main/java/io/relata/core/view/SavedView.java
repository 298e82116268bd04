package io.relata.core.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.spi.CallContext;
import java.util.UUID;

/// A way to look at an entity's records that somebody keeps.
///
/// @param shared     whether everybody in the tenant sees it
/// @param definition as [ViewInput] takes it
public record SavedView(UUID id, UUID owner, String name, boolean shared, ObjectNode definition) {

    /// Whether the caller may change and delete it: the owner, and administrators what is shared.
    public boolean changeableBy(CallContext context) {
        return owner.equals(context.user()) || (shared && context.hasRole(CallContext.ADMINISTRATOR));
    }
}
