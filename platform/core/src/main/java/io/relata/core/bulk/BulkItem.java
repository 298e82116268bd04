package io.relata.core.bulk;

import io.relata.core.problem.Violation;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing to be done, as it was read.
public sealed interface BulkItem {

    /// Make or change a record.
    record Save(RecordInput input) implements BulkItem {}

    /// Delete a record.
    record Delete(RecordTarget target) implements BulkItem {}

    /// Nothing that could be done.
    record Faulty(List<Violation> violations) implements BulkItem {

        public Faulty {
            violations = List.copyOf(violations);
        }
    }

    /// Returns the record that is meant; `null` for a faulty item.
    default @Nullable RecordTarget target() {
        return switch (this) {
            case Save save -> save.input().target();
            case Delete delete -> delete.target();
            case Faulty faulty -> null;
        };
    }
}
