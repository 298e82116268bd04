package io.relata.spi;

import java.util.UUID;

/// What persons have agreed to, for plugins that write to people or hand on what there is of them.
///
/// - **Threading**: not thread-safe; valid only during the call to whose [RecordChange] or [RecordAction] it belongs.
/// - **Transaction**: asks within the transaction of that call, with one statement each time.
/// - **Failure**: an entity that there is not is an `IllegalArgumentException`: a mistake in the plugin. A purpose or a
///   record that there is not has nobody's consent.
///
/// ```java
/// if (!action.consents().allows("contact", (UUID) action.value("contact"), "newsletter")) {
///     action.reject("contact", "no-consent");
/// }
/// ```
public interface Consents {

    /// Returns whether the person whom the record is may be contacted for the purpose: has agreed, has not taken it
    /// back since, and the consent has not run out. It does not matter who may read the record. A record in the bin
    /// allows nothing.
    ///
    /// @param entity  the name of the record's entity
    /// @param record  the record's id
    /// @param purpose the purpose's code, as the tenant's administrators named it
    boolean allows(String entity, UUID record, String purpose);
}
