package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.query.Expanded;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.record.DeepCreation.Created;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Shows records that were created together as if they had been read with $expand.
final class CreatedShape {

    private CreatedShape() {}

    static Shape of(EntityDefinition entity, Map<RecordCollection, List<Created>> members) {
        List<Shape.Part> parts = new ArrayList<>();
        members.forEach((collection, created) -> {
            Map<RecordCollection, List<Created>> further = new HashMap<>();
            created.forEach(member -> further.putAll(member.members()));
            parts.add(new Shape.Many(
                    collection,
                    Query.Selection.all(collection.from()),
                    List.of(),
                    0,
                    created.size(),
                    true,
                    false,
                    true,
                    of(collection.from(), further),
                    QueryString.of(Map.of(), Map.of())));
        });
        return Shape.whole(entity).with(parts);
    }

    static RecordPage page(Created created) {
        return new RecordPage(List.of(created.record()), expanded(List.of(created)), null, null);
    }

    private static Map<String, Expanded> expanded(List<Created> owners) {
        Map<String, Map<UUID, RecordPage>> pages = new HashMap<>();
        List<Created> all = new ArrayList<>();
        owners.forEach(owner -> owner.members().values().forEach(all::addAll));
        Map<String, Expanded> nested = all.isEmpty() ? Map.of() : expanded(all);
        for (Created owner : owners) {
            owner.members()
                    .forEach((collection, members) -> pages.computeIfAbsent(collection.name(), name -> new HashMap<>())
                            .put(
                                    owner.record().id(),
                                    new RecordPage(
                                            members.stream()
                                                    .map(Created::record)
                                                    .toList(),
                                            nested,
                                            null,
                                            null)));
        }
        Map<String, Expanded> expanded = new HashMap<>();
        pages.forEach((name, byOwner) -> expanded.put(name, new Expanded(byOwner)));
        return expanded;
    }
}
