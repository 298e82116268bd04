package io.relata.core.metadata.type;

import io.relata.core.metadata.ValueKind;

/// One of the values that a value consists of.
///
/// @param name         what the API calls it
/// @param kind         a text, a whole number or an id
/// @param readByPeople whether it is ordered as people's language orders words
public record Part(String name, ValueKind kind, boolean readByPeople) {}
