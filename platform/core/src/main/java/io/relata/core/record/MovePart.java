package io.relata.core.record;

import org.jspecify.annotations.Nullable;

/// What one part of a big move has done.
///
/// @param result  what became of the record itself, or why the rest cannot move; `null` while there is more to do
/// @param moved   how many records moved
/// @param changed how many records got a lookup changed
public record MovePart(@Nullable RecordResult result, int moved, int changed) {}
