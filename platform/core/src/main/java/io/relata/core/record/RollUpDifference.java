package io.relata.core.record;

import io.relata.core.metadata.FieldDefinition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A roll-up or formula that is stored otherwise than it is reckoned.
public record RollUpDifference(
        UUID record,
        FieldDefinition field,
        @Nullable Object stored,
        @Nullable Object reckoned) {}
