package io.relata.core.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.outgoing.Destinations;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A webhook as it is written, with everything that is wrong with it.
///
/// @param entities whose changes the events are
record WebhookInput(
        String name, String url, List<String> events, List<UUID> entities, boolean skipOwn, boolean active) {

    private static final int NAME_LENGTH = 100;
    private static final int MOST_EVENTS = 100;

    /// @throws ProblemException VALIDATION with every violation
    static WebhookInput read(JsonNode body, MetadataSnapshot snapshot, Destinations destinations) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        String name = input.text("name").strip();
        if (name.length() > NAME_LENGTH) {
            input.reject("name", "too-long", NAME_LENGTH);
        }
        String url = input.text("url").strip();
        if (!url.isEmpty()) {
            fault(url, destinations).ifPresent(code -> input.reject("url", code));
        }
        List<String> events = input.texts("events").stream().distinct().toList();
        if (events.isEmpty() && !input.has("events")) {
            input.reject("events", "required");
        } else if (events.isEmpty() || events.size() > MOST_EVENTS) {
            input.reject("events", "webhook-events", MOST_EVENTS);
        }
        for (int i = 0; i < events.size(); i++) {
            if (WatchedEvent.read(events.get(i))
                    .filter(event -> event.known(snapshot))
                    .isEmpty()) {
                input.reject("events[" + i + "]", "webhook-event-unknown", events.get(i));
            }
        }
        boolean skipOwn = input.flag("skipOwn", false);
        boolean active = input.flag("active", true);
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new WebhookInput(name, url, events, entities(events, snapshot), skipOwn, active);
    }

    private static Optional<String> fault(String url, Destinations destinations) {
        try {
            return destinations.fault(new URI(url));
        } catch (URISyntaxException none) {
            return Optional.of("outgoing-address");
        }
    }

    private static List<UUID> entities(List<String> events, MetadataSnapshot snapshot) {
        return events.stream()
                .map(WatchedEvent::read)
                .flatMap(Optional::stream)
                .map(WatchedEvent::entity)
                .distinct()
                .map(snapshot::entity)
                .flatMap(Optional::stream)
                .map(EntityDefinition::id)
                .toList();
    }
}
