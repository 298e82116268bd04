package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.Property;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceIt;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourceProperty;

/// Finds what a path of names means for an entity. Names that the parser let through are looked up again here, so that
/// only what metadata knows goes further.
final class Paths {

    /// Every lookup on the way is one more join.
    private static final int MAX_LOOKUPS = 3;

    private final MetadataSnapshot snapshot;
    private final EntityDefinition start;
    private final QueryOption option;

    Paths(MetadataSnapshot snapshot, EntityDefinition start, QueryOption option) {
        this.snapshot = snapshot;
        this.start = start;
        this.option = option;
    }

    /// Returns the property at the end of the path; for a lookup, the property that holds its id.
    Value.Path resolve(List<UriResource> parts) {
        List<Value.Path.Step> steps = new ArrayList<>();
        EntityDefinition entity = start;
        Property property = null;
        for (UriResource part : parts) {
            if (part instanceof UriResourceNavigation navigation) {
                Value.Path.Step step = step(entity, navigation.getProperty().getName());
                steps.add(step);
                entity = step.target();
            } else if (part instanceof UriResourceProperty named) {
                property = property(entity, named.getProperty().getName());
            } else if (!(part instanceof UriResourceIt)) {
                throw Refusal.of("query-unsupported", option, part.getSegmentValue());
            }
        }
        if (property == null && !steps.isEmpty()) {
            property = new Property.OfField(steps.removeLast().lookup());
        }
        if (property == null || steps.size() > MAX_LOOKUPS) {
            throw Refusal.of("query-path", option, MAX_LOOKUPS);
        }
        return new Value.Path(steps, property);
    }

    private Value.Path.Step step(EntityDefinition entity, String name) {
        FieldDefinition lookup = lookup(entity, name);
        return new Value.Path.Step(lookup, target(lookup));
    }

    private Property property(EntityDefinition entity, String name) {
        return Property.of(entity, name).orElseThrow(() -> Refusal.of("query-unsupported", option, name));
    }

    FieldDefinition lookup(EntityDefinition entity, String name) {
        return entity.field(name)
                .filter(field -> field.type().isLookup())
                .orElseThrow(() -> Refusal.of("query-unsupported", option, name));
    }

    EntityDefinition target(FieldDefinition lookup) {
        return snapshot.entities().stream()
                .filter(entity -> entity.name().equals(lookup.target()))
                .findFirst()
                .orElseThrow(() -> Refusal.of("query-unsupported", option, lookup.name()));
    }
}
