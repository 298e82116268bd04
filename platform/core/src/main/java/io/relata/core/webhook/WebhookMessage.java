package io.relata.core.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.metadata.EntityDefinition;
import java.time.Instant;
import java.util.UUID;

/// What a webhook is sent: `type`, `timestamp` and `data`, as Standard Webhooks recommends.
final class WebhookMessage {

    static final String TEST = "relata.test";

    private WebhookMessage() {}

    static String of(EntityDefinition entity, ChangeFeed.Event event) {
        ObjectNode message = message(WatchedEvent.type(entity.name(), event.action()), event.at());
        ObjectNode data = message.putObject("data");
        data.put("entity", entity.name());
        data.put("set", entity.setName());
        data.put("id", event.record().toString());
        data.put("version", event.version());
        data.put("actor", event.actor().toString());
        data.put("origin", event.origin());
        ArrayNode changes = data.putArray("changes");
        for (ChangeFeed.Change change : event.changes()) {
            ObjectNode one = changes.addObject().put("property", change.property());
            if (sensitive(entity, change.property())) {
                one.put("withheld", true);
            } else {
                one.set("before", change.before());
                one.set("after", change.after());
            }
        }
        return message.toString();
    }

    /// Who reads what is sensitive is written down; a message that goes out is read by nobody knows whom.
    private static boolean sensitive(EntityDefinition entity, String property) {
        return entity.fields().stream().anyMatch(field -> field.property().equals(property) && field.sensitive());
    }

    static String test(UUID webhook, Instant now) {
        ObjectNode message = message(TEST, now);
        message.putObject("data").put("webhook", webhook.toString());
        return message.toString();
    }

    private static ObjectNode message(String type, Instant at) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("timestamp", at.toString());
    }
}
