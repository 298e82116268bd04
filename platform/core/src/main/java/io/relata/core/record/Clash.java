package io.relata.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/// A field that the caller wanted to change and somebody else had changed.
///
/// @param field   the property's name in the API
/// @param base    what it was in the version that the caller saw
/// @param current what it is now
/// @param sent    what the caller sent
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Clash(String field, JsonNode base, JsonNode current, JsonNode sent) {}
