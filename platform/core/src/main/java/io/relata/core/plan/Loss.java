package io.relata.core.plan;

import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Something that a change takes away, or makes something else of.
///
/// @param component the entity or field
/// @param gone      whether it is not there any more
/// @param names     under which it could be named
/// @param options   the options that go, when nothing else does
record Loss(ComponentKey component, boolean gone, Set<String> names, Set<String> options) {

    /// Returns what a change takes away in the end.
    static List<Loss> of(Proposal proposal) {
        List<Loss> losses = new ArrayList<>();
        for (EntityDefinition was : proposal.before().entities()) {
            EntityDefinition is = proposal.inTheEnd()
                    .entity(was.name())
                    .filter(one -> one.id().equals(was.id()))
                    .orElse(null);
            if (is == null) {
                losses.add(new Loss(ComponentKey.ofEntity(was.key()), true, names(proposal.before(), was), Set.of()));
            } else {
                was.fields().forEach(field -> of(proposal.before(), was, field, is, losses));
            }
        }
        return losses;
    }

    private static void of(
            MetadataSnapshot before,
            EntityDefinition entity,
            FieldDefinition was,
            EntityDefinition after,
            List<Loss> losses) {
        ComponentKey key = ComponentKey.ofField(entity.key(), was.name());
        FieldDefinition is = after.field(was.name()).orElse(null);
        if (is == null) {
            losses.add(new Loss(key, true, names(before, entity, was), Set.of()));
        } else if (!is.type().typeName().equals(was.type().typeName()) || is.kind() != was.kind()) {
            losses.add(new Loss(key, false, names(before, entity, was), Set.of()));
        } else if (!is.options().equals(was.options())) {
            Set<String> options = new LinkedHashSet<>();
            was.options().stream().map(PicklistOption::value).forEach(options::add);
            is.options().stream().map(PicklistOption::value).forEach(options::remove);
            if (!options.isEmpty()) {
                losses.add(new Loss(key, false, names(before, entity, was), options));
            }
        }
    }

    private static Set<String> names(MetadataSnapshot before, EntityDefinition entity) {
        Set<String> names = new LinkedHashSet<>(List.of(entity.name(), entity.setName()));
        for (EntityDefinition other : before.entities()) {
            for (RecordCollection collection : before.collections(other)) {
                if (collection.from().key().equals(entity.key())) {
                    names.add(collection.name());
                }
            }
        }
        return names;
    }

    private static Set<String> names(MetadataSnapshot before, EntityDefinition entity, FieldDefinition field) {
        Set<String> names = new LinkedHashSet<>(List.of(field.name(), field.property()));
        for (String target : field.targets()) {
            for (Relationship pointing : before.relationshipsTo(target)) {
                if (pointing.from().key().equals(entity.key())
                        && pointing.lookup().name().equals(field.name())) {
                    names.add(pointing.name());
                }
            }
        }
        return names;
    }

    /// Returns whether the text names it.
    boolean named(String text) {
        return names.stream().anyMatch(name -> word(name).matcher(text).find())
                && (options.isEmpty() || options.stream().anyMatch(option -> text.contains("'" + option + "'")));
    }

    private static Pattern word(String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
    }
}
