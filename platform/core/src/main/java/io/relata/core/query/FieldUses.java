package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import io.relata.core.query.FieldUse.How;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through a query and collects what it does with fields.
final class FieldUses {

    private final Set<FieldUse> uses = new LinkedHashSet<>();
    private final Set<FieldConstant> constants = new LinkedHashSet<>();

    Set<FieldUse> of(Query query) {
        add(query);
        return uses;
    }

    Set<FieldUse> of(Query.Selection selection) {
        add(selection.filter(), List.of(selection.entity()));
        return uses;
    }

    /// Returns the texts with which a selection compares fields.
    Set<FieldConstant> constants(Query.Selection selection) {
        of(selection);
        return constants;
    }

    /// What is computed from groups has no index; what the groups are made of may have.
    Set<FieldUse> of(Rows rows) {
        return switch (rows) {
            case Rows.OfRecords groups -> {
                of(groups.records());
                groups.keys()
                        .forEach(key -> add(
                                key.value(), How.GROUP, List.of(groups.records().entity())));
                yield uses;
            }
            case Rows.Grouped groups -> of(groups.rows());
            case Rows.Matching matching -> of(matching.rows());
            case Rows.Best best -> of(best.rows());
            case Rows.Computed computed -> of(computed.rows());
            case Rows.Slice slice -> of(slice.rows());
        };
    }

    Set<FieldUse> reckoned(Rows rows) {
        of(rows);
        measured(rows);
        return uses;
    }

    private void measured(Rows rows) {
        switch (rows) {
            case Rows.OfRecords groups ->
                groups.measures()
                        .forEach(measure -> add(
                                measure.value(),
                                How.COMPUTED,
                                List.of(groups.records().entity())));
            case Rows.Grouped groups -> measured(groups.rows());
            case Rows.Matching matching -> measured(matching.rows());
            case Rows.Best best -> measured(best.rows());
            case Rows.Computed computed -> measured(computed.rows());
            case Rows.Slice slice -> measured(slice.rows());
        }
    }

    private void add(Query query) {
        of(query.selection());
        query.sort()
                .forEach(sort ->
                        add(sort.by(), How.ORDER, List.of(query.selection().entity())));
        query.expands().forEach(this::add);
    }

    private void add(Expand expand) {
        switch (expand) {
            case Expand.One one -> {
                add(one.filter(), List.of(one.target()));
                one.expands().forEach(this::add);
            }
            case Expand.Many many -> {
                add("", many.collection());
                add(many.members());
            }
        }
    }

    /// @param levels the entity of the records asked for, then those of the members that conditions look at
    private void add(@Nullable Filter filter, List<EntityDefinition> levels) {
        switch (filter) {
            case null -> {}
            case Filter.And and -> and.parts().forEach(part -> add(part, levels));
            case Filter.Or or -> or.parts().forEach(part -> add(part, levels));
            case Filter.Not not -> add(not.part(), levels);
            case Filter.Compare compare -> {
                How how = switch (compare.operator()) {
                    case EQUAL, NOT_EQUAL -> How.EQUAL;
                    case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> How.RANGE;
                };
                add(compare.left(), how, levels);
                add(compare.right(), how, levels);
                compared(compare.left(), compare.right(), levels);
                compared(compare.right(), compare.left(), levels);
            }
            case Filter.In in -> {
                add(in.value(), How.EQUAL, levels);
                in.choices().forEach(choice -> compared(in.value(), choice, levels));
            }
            case Filter.Match match -> add(match.text(), How.TEXT, levels);
            case Filter.Fits fits -> add(fits.text(), How.TEXT, levels);
            case Filter.Has has -> {
                // An index says which records have an item.
                if (has.texts().isEmpty()) {
                    add(has.list(), How.LIST, levels);
                }
                has.texts().forEach(text -> constant(has.list(), text, levels));
            }
            case Filter.Only only -> {
                add(only.list(), How.LIST, levels);
                only.texts().forEach(text -> constant(only.list(), text, levels));
            }
            case Filter.Within within -> add(within.point(), How.RANGE, levels);
            case Filter.Holds holds -> add(holds.value(), How.EQUAL, levels);
            case Filter.Some some -> add(some.members(), some.condition(), levels);
            case Filter.Every every -> add(every.members(), every.condition(), levels);
            case Filter.Best best -> {
                of(best.among());
                add(best.ranking().by(), How.ORDER, List.of(best.among().entity()));
            }
            case Filter.Standing standing -> {
                add(standing.record(), How.EQUAL, levels);
                use(standing.entity(), standing.lookup(), "", How.WAY);
            }
        }
    }

    private void add(Members members, @Nullable Filter condition, List<EntityDefinition> levels) {
        add(way(members.level(), members.lookups(), levels), members.collection());
        List<EntityDefinition> deeper = new ArrayList<>(levels);
        deeper.add(members.collection().from());
        add(condition, deeper);
    }

    /// The ends of a link have slots.
    private void add(String way, RecordCollection collection) {
        if (collection instanceof Relationship pointing) {
            use(pointing.from(), pointing.lookup(), way + pointing.name() + "/", How.WAY);
        }
    }

    private void add(Value value, How how, List<EntityDefinition> levels) {
        switch (value) {
            case Value.Literal constant -> {}
            case Value.Path path -> add(path, how, levels);
            case Value.Count count -> add(count.members(), count.condition(), levels);
            case Value.Call call -> call.arguments().forEach(argument -> add(argument, How.COMPUTED, levels));
            case Value.Choice choice ->
                choice.branches().forEach(branch -> {
                    add(branch.condition(), levels);
                    add(branch.value(), How.COMPUTED, levels);
                });
            case Value.Truth truth -> add(truth.filter(), levels);
        }
    }

    private void add(Value.Path path, How how, List<EntityDefinition> levels) {
        String way = way(path.level(), path.lookups(), levels);
        if (path.property() instanceof Property.OfField of && path.level() < levels.size()) {
            use(at(path, levels), of.field(), way, how);
        }
    }

    private static EntityDefinition at(Value.Path path, List<EntityDefinition> levels) {
        return path.lookups().isEmpty()
                ? levels.get(path.level())
                : path.lookups().getLast().target();
    }

    private void compared(Value one, Value other, List<EntityDefinition> levels) {
        if (one instanceof Value.Path path
                && other instanceof Value.Literal literal
                && literal.value() instanceof String text) {
            constant(path, text, levels);
        }
    }

    private void constant(Value.Path path, String text, List<EntityDefinition> levels) {
        if (path.property() instanceof Property.OfField of && path.level() < levels.size()) {
            constants.add(new FieldConstant(at(path, levels).key(), of.field().name(), text));
        }
    }

    /// Follows lookups; returns their names, each with a slash behind it.
    private String way(int level, List<Value.Path.Step> lookups, List<EntityDefinition> levels) {
        StringBuilder way = new StringBuilder();
        EntityDefinition entity = level < levels.size() ? levels.get(level) : null;
        for (Value.Path.Step step : lookups) {
            if (entity != null) {
                use(entity, step.lookup(), way.toString(), How.WAY);
            }
            way.append(step.lookup().name()).append('/');
            entity = step.target();
        }
        return way.toString();
    }

    private void use(EntityDefinition entity, FieldDefinition field, String way, How how) {
        uses.add(new FieldUse(entity, field, way + field.property(), how));
    }
}
