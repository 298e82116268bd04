package io.relata.core.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jooq.JSONB;

/// Documents that the database keeps.
public final class StoredDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StoredDocument() {}

    /// Returns what the document says.
    public static JsonNode parse(JSONB document) {
        try {
            return JSON.readTree(document.data());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }
}
