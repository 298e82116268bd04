package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/// The texts in what the audit trail and the change feed keep of values.
final class AuditTexts {

    private AuditTexts() {}

    /// Returns whether one of the texts, at whatever depth, is so.
    static boolean any(JsonNode node, Predicate<String> so) {
        if (node.isTextual()) {
            return so.test(node.textValue());
        }
        for (JsonNode inner : node) {
            if (any(inner, so)) {
                return true;
            }
        }
        return false;
    }
}
