package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/// What an erasure did, to be shown to whoever asks: which records and fields, when, by whom and why, what stays and
/// why. Nothing of it is the person's.
final class ErasureProof {

    private ErasureProof() {}

    static JsonNode of(DSLContext sql, WriteTransaction tx, Erasing.Erasure erasure, long entries, Instant finished) {
        Map<UUID, String> names = new LinkedHashMap<>();
        tx.snapshot().entities().forEach((EntityDefinition entity) -> names.put(entity.id(), entity.name()));
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        proof.put("erasure", erasure.id().toString())
                .put("request", erasure.request().toString())
                .put("requestedBy", erasure.by().toString())
                .put("requestedAt", erasure.at().toString())
                .put("finishedAt", finished.toString())
                .put("reason", erasure.wish().reason())
                .put("historyEntries", entries);
        Map<String, ArrayNode> results = new LinkedHashMap<>();
        for (String result : new String[] {"blanked", "deleted", "file", "kept"}) {
            results.put(result, proof.putArray(result.equals("file") ? "files" : result));
        }
        for (ErasureTable.Step step : ErasureTable.steps(sql, tx.context().tenant(), erasure.id())) {
            ArrayNode list = results.get(step.result());
            if (list != null) {
                ObjectNode one = list.addObject();
                one.put("entity", names.getOrDefault(step.entity(), ""))
                        .put("record", step.record().toString());
                one.set("fields", step.fields());
            }
        }
        return proof.put("digest", digest(proof.toString()));
    }

    /// Names the proof: whoever wrote it down can tell later that it is the same.
    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
