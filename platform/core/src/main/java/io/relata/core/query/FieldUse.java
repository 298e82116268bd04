package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A field that a query uses to find, order or group records, as it is stored: what is computed from it is left out,
/// because no index serves that.
public record FieldUse(EntityDefinition entity, FieldDefinition field, How how) {

    /// What a query does with a field.
    public enum How {
        EQUAL,
        RANGE,
        TEXT,
        LIST,
        ORDER,
        GROUP;

        /// Returns the word that the API uses.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Set<FieldUse> of(Query query) {
        Set<FieldUse> uses = of(query.selection());
        List<EntityDefinition> levels = List.of(query.selection().entity());
        query.sort().forEach(sort -> add(sort.by(), How.ORDER, levels, uses));
        return uses;
    }

    static Set<FieldUse> of(Rows rows) {
        return switch (rows) {
            case Rows.OfRecords records -> {
                Set<FieldUse> uses = of(records.records());
                List<EntityDefinition> levels = List.of(records.records().entity());
                records.keys().forEach(key -> add(key.value(), How.GROUP, levels, uses));
                yield uses;
            }
            case Rows.Grouped grouped -> of(grouped.rows());
            case Rows.Matching matching -> of(matching.rows());
            case Rows.Best best -> of(best.rows());
            case Rows.Computed computed -> of(computed.rows());
            case Rows.Slice slice -> of(slice.rows());
        };
    }

    private static Set<FieldUse> of(Query.Selection selection) {
        Set<FieldUse> uses = new LinkedHashSet<>();
        if (selection.filter() != null) {
            add(selection.filter(), List.of(selection.entity()), uses);
        }
        return uses;
    }

    /// @param levels the entity of the records asked for, then those of the members that conditions look at
    private static void add(Filter filter, List<EntityDefinition> levels, Set<FieldUse> uses) {
        switch (filter) {
            case Filter.And and -> and.parts().forEach(part -> add(part, levels, uses));
            case Filter.Or or -> or.parts().forEach(part -> add(part, levels, uses));
            case Filter.Not not -> add(not.part(), levels, uses);
            case Filter.Compare compare -> {
                How how = switch (compare.operator()) {
                    case EQUAL, NOT_EQUAL -> How.EQUAL;
                    case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> How.RANGE;
                };
                add(compare.left(), how, levels, uses);
                add(compare.right(), how, levels, uses);
            }
            case Filter.In in -> add(in.value(), How.EQUAL, levels, uses);
            case Filter.Match match -> add(match.text(), How.TEXT, levels, uses);
            case Filter.Fits fits -> add(fits.text(), How.TEXT, levels, uses);
            case Filter.Has has -> add(has.list(), How.LIST, levels, uses);
            case Filter.Within within -> add(within.point(), How.RANGE, levels, uses);
            case Filter.Holds holds -> add(holds.value(), How.EQUAL, levels, uses);
            case Filter.Some some -> {
                if (some.condition() != null) {
                    add(some.condition(), within(levels, some.members()), uses);
                }
            }
            case Filter.Every every -> add(every.condition(), within(levels, every.members()), uses);
            case Filter.Best best -> uses.addAll(of(best.among()));
            case Filter.Standing standing -> {}
        }
    }

    private static List<EntityDefinition> within(List<EntityDefinition> levels, Members members) {
        List<EntityDefinition> deeper = new ArrayList<>(levels);
        deeper.add(members.collection().from());
        return deeper;
    }

    private static void add(Value value, How how, List<EntityDefinition> levels, Set<FieldUse> uses) {
        if (value instanceof Value.Path path
                && path.property() instanceof Property.OfField of
                && path.level() < levels.size()) {
            EntityDefinition entity = path.lookups().isEmpty()
                    ? levels.get(path.level())
                    : path.lookups().getLast().target();
            uses.add(new FieldUse(entity, of.field(), how));
        }
    }
}
