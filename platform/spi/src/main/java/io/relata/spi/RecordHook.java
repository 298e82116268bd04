package io.relata.spi;

import org.pf4j.ExtensionPoint;

/// Ordered extension point: looks at, completes or refuses a record before it is stored.
///
/// - **Kind**: any number for an entity; called in the order of the plugins' start, only for tenants that
///   have the plugin enabled.
/// - **Threading**: one instance serves all tenants and threads, so it holds no state of a call.
/// - **Transaction**: runs inside the transaction that stores the record, after the input has been parsed and
///   the defaults set, before validation. It must not block on anything outside the process.
/// - **Failure**: [RecordChange#reject] refuses the change with a message for the user. Any exception rolls the
///   whole change back and is reported as a fault of the plugin, by name.
///
/// An implementation has one public constructor taking [Platform].
///
/// ```java
/// @Extension
/// public final class CloseDateHook implements RecordHook {
///     private final Platform platform;
///
///     public CloseDateHook(Platform platform) {
///         this.platform = platform;
///     }
///
///     @Override
///     public String entity() {
///         return "opportunity";
///     }
///
///     @Override
///     public void beforeSave(CallContext context, RecordChange change) {
///         if ("won".equals(change.value("stage")) && change.value("closeDate") == null) {
///             change.set("closeDate", LocalDate.ofInstant(platform.clock().instant(), context.zone()));
///         }
///     }
/// }
/// ```
public interface RecordHook extends ExtensionPoint {

    /// Returns the name of the entity whose records this hook sees.
    String entity();

    /// Looks at one change. Called once per record and write.
    void beforeSave(CallContext context, RecordChange change);
}
