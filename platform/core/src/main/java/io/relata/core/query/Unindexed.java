package io.relata.core.query;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields by which a question looks for records though no index knows their values: what somebody can do about one
/// that takes too long. Named as the question names them.
final class Unindexed {

    private final Set<String> names = new LinkedHashSet<>();

    private Unindexed() {}

    static List<String> of(Query query) {
        Unindexed found = new Unindexed();
        found.add(query);
        return List.copyOf(found.names);
    }

    static List<String> of(Query.Selection selection) {
        Unindexed found = new Unindexed();
        found.add(selection.filter());
        return List.copyOf(found.names);
    }

    static List<String> of(Rows rows) {
        Unindexed found = new Unindexed();
        found.add(rows);
        return List.copyOf(found.names);
    }

    private void add(Query query) {
        add(query.selection().filter());
        query.sort().forEach(sort -> add(sort.by()));
        query.expands().forEach(this::add);
    }

    private void add(Expand expand) {
        switch (expand) {
            case Expand.One one -> {
                add(one.filter());
                one.expands().forEach(this::add);
            }
            case Expand.Many many -> {
                add("", many.collection());
                add(many.members());
            }
        }
    }

    /// What is computed from groups has no index; what the groups are made of may have.
    private void add(Rows rows) {
        switch (rows) {
            case Rows.OfRecords groups -> add(groups.records().filter());
            case Rows.Grouped groups -> add(groups.rows());
            case Rows.Matching matching -> add(matching.rows());
            case Rows.Best best -> add(best.rows());
            case Rows.Computed computed -> add(computed.rows());
            case Rows.Slice slice -> add(slice.rows());
        }
    }

    private void add(@Nullable Filter filter) {
        switch (filter) {
            case null -> {}
            case Filter.And and -> and.parts().forEach(this::add);
            case Filter.Or or -> or.parts().forEach(this::add);
            case Filter.Not not -> add(not.part());
            case Filter.Compare compare -> {
                add(compare.left());
                add(compare.right());
            }
            case Filter.In in -> add(in.value());
            case Filter.Match match -> add(match.text());
            case Filter.Fits fits -> add(fits.text());
            case Filter.Has has -> add(has.list());
            case Filter.Within within -> add(within.point());
            case Filter.Holds holds -> add(holds.value());
            case Filter.Some some -> add(some.members(), some.condition());
            case Filter.Every every -> add(every.members(), every.condition());
            case Filter.Best best -> {
                add(best.among().filter());
                add(best.ranking().by());
            }
            case Filter.Standing standing -> {
                add(standing.record());
                add("", standing.lookup());
            }
        }
    }

    /// The ends of a link have slots.
    private void add(String way, RecordCollection collection) {
        if (collection instanceof Relationship pointing) {
            add(way + pointing.name(), pointing.lookup());
        }
    }

    private void add(Members members, @Nullable Filter condition) {
        String way = way(members.lookups());
        add(way, members.collection());
        add(condition);
    }

    private void add(Value value) {
        switch (value) {
            case Value.Literal constant -> {}
            case Value.Path path -> add(path);
            case Value.Count count -> add(count.members(), count.condition());
            case Value.Call call -> call.arguments().forEach(this::add);
            case Value.Choice choice ->
                choice.branches().forEach(branch -> {
                    add(branch.condition());
                    add(branch.value());
                });
            case Value.Truth truth -> add(truth.filter());
        }
    }

    private void add(Value.Path path) {
        String way = way(path.lookups());
        if (path.property() instanceof Property.OfField of) {
            add(way.isEmpty() ? "" : way.substring(0, way.length() - 1), of.field());
        }
    }

    /// Follows lookups; returns their names, each with a slash behind it.
    private String way(List<Value.Path.Step> lookups) {
        List<String> way = new ArrayList<>();
        for (Value.Path.Step step : lookups) {
            add(String.join("/", way), step.lookup());
            way.add(step.lookup().name());
        }
        return way.isEmpty() ? "" : String.join("/", way) + "/";
    }

    private void add(String way, FieldDefinition field) {
        if (field.slot() == null && field.indexable()) {
            names.add(way.isEmpty() ? field.property() : way + "/" + field.property());
        }
    }
}
