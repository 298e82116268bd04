package io.relata.core.metadata;

import io.relata.core.metadata.type.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says that each record of an entity ties two others together: a relationship of many to many, whose other fields say
/// more of the tie. A pair is tied once; tied again after the record was deleted, the same record comes back.
///
/// @param one   an end
/// @param other the other one
public record Link(End one, End other) {

    /// The name of the pair among what is unique; no key can have it.
    static final String PAIR = "$link";

    private static final String MEMBER = "link";

    /// One of the two lookups.
    ///
    /// @param lookup     its name
    /// @param collection under which name the record that it points to shows those at the other end
    public record End(String lookup, String collection) {}

    /// Returns both.
    public List<End> ends() {
        return List.of(one, other);
    }

    /// Returns whether the lookup is one of the ends.
    public boolean has(FieldDefinition lookup) {
        return ends().stream().anyMatch(end -> end.lookup().equals(lookup.name()));
    }

    /// Reads the member `link` of an entity's definition.
    static Optional<Link> read(DefinitionInput entity, DefinitionSource source) {
        if (!entity.has(MEMBER)) {
            return Optional.empty();
        }
        List<End> ends = new ArrayList<>();
        for (DefinitionInput end : entity.objects(MEMBER)) {
            ends.add(new End(end.text("lookup"), source.name(end, "collection")));
            end.done();
        }
        if (ends.size() != 2) {
            entity.reject(MEMBER, "link-two-ends");
            return Optional.empty();
        }
        return Optional.of(new Link(ends.getFirst(), ends.getLast()));
    }

    /// Returns the field as an end of the link: deleted with what it points to, and in an indexed column.
    FieldReader.Draft end(FieldReader.Draft draft) {
        FieldDefinition field = draft.field();
        if (!has(field)) {
            return draft;
        }
        FieldDefinition end = field.with(copy -> copy.set(Setting.ON_DELETE, DeleteBehaviour.CASCADE));
        return new FieldReader.Draft(end, true, draft.input());
    }

    /// Adds a violation for everything that is wrong with the ends among the entity's fields.
    void check(DefinitionInput entity, List<FieldReader.Draft> drafts) {
        Set<String> lookups = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ends().size(); i++) {
            End end = ends().get(i);
            boolean fits = drafts.stream()
                    .map(FieldReader.Draft::field)
                    .anyMatch(field -> field.name().equals(end.lookup())
                            && field.type().isLookup()
                            && field.required()
                            && !field.hierarchical());
            if (!fits || !lookups.add(end.lookup())) {
                entity.reject(MEMBER + "[" + i + "].lookup", "link-end", end.lookup());
            }
            if (!names.add(end.collection())) {
                entity.reject(MEMBER + "[" + i + "].collection", "name-duplicate", end.collection());
            }
        }
        for (FieldReader.Draft draft : drafts) {
            DeleteBehaviour said = draft.field().settings().get(Setting.ON_DELETE);
            if (has(draft.field()) && said != null && said != DeleteBehaviour.CASCADE) {
                draft.input().reject("onDelete", "link-cascades");
            }
        }
    }
}
