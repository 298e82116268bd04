package io.relata.core.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.spi.CallContext;
import java.util.UUID;

/// What somebody keeps under a name: a view, a report, a dashboard.
///
/// @param shared     whether everybody in the tenant sees it
/// @param definition as [ViewInput] or [ReportInput] takes it
public record Kept(UUID id, UUID owner, String name, boolean shared, ObjectNode definition) {

    /// Whether the caller may change and delete it: the owner, and administrators what is shared.
    public boolean changeableBy(CallContext context) {
        return owner.equals(context.user()) || (shared && context.hasRole(CallContext.ADMINISTRATOR));
    }
}
