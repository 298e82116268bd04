package io.relata.spi;

import org.pf4j.ExtensionPoint;

/// Singleton extension point for each action: carries out what a user does to a record beyond setting its fields.
///
/// - **Kind**: exactly one for each action that the plugin's solution declares in an entity's file; called only for
///   tenants that have the plugin enabled. The API serves it at `POST data/{set}({id})/{plugin}.{action}` and shows it
///   in `$metadata`.
/// - **Threading**: one instance serves all tenants and threads, so it holds no state of a call.
/// - **Transaction**: runs inside the transaction that stores the record, which is locked; after the parameters have
///   been parsed and validated by their declared types, before the hooks and the validation of the record, which see
///   what the action has set. It must not block on anything outside the process.
/// - **Failure**: [RecordAction#reject] refuses the action with a message for the user; nothing is stored. Any
///   exception rolls everything back and is reported as a fault of the plugin, by name.
///
/// An implementation has one public constructor taking [Platform].
///
/// ```java
/// @Extension
/// public final class CloseAction implements ActionHandler {
///     public CloseAction(Platform platform) {}
///
///     @Override
///     public String entity() {
///         return "opportunity";
///     }
///
///     @Override
///     public String action() {
///         return "close";
///     }
///
///     @Override
///     public void handle(CallContext context, RecordAction action) {
///         if ("won".equals(action.value("stage"))) {
///             action.reject(null, "closed-already");
///         }
///         action.set("stage", action.parameter("outcome"));
///     }
/// }
/// ```
public interface ActionHandler extends ExtensionPoint {

    /// Returns the name of the entity whose records this acts on.
    String entity();

    /// Returns the name of the action, as the entity's file declares it.
    String action();

    /// Acts on one record. Called once for each request.
    void handle(CallContext context, RecordAction action);
}
