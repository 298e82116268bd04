package io.relata.app.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is carried out in one transaction: a request by itself, or a group of which all succeed or none does.
///
/// @param group the group's name; `null` for a request by itself. A multipart changeset's name is empty
record Unit(@Nullable String group, List<Part> parts) {

    Unit {
        parts = List.copyOf(parts);
    }
}
