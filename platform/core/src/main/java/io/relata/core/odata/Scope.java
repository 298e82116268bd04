package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.query.Rows;
import io.relata.core.query.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the names at a place of an expression belong to.
///
/// @param root      the record that is asked for, `$it`; `null` in computed rows, which are no records
/// @param bare      what names belong to that nothing stands before; `null` in computed rows
/// @param variables the members of collections that conditions look at, by the names that the query gives them
/// @param named     what is no property but has a name: columns of computed rows, and what was computed for records
/// @param depth     how many collections are being looked at
record Scope(
        @Nullable EntityDefinition root,
        @Nullable Place bare,
        Map<String, Place> variables,
        Map<List<String>, Value> named,
        int depth) {

    /// A record that names can belong to.
    ///
    /// @param level as in [io.relata.core.query.Value.Path]
    record Place(int level, EntityDefinition entity) {}

    Scope {
        variables = Map.copyOf(variables);
        named = Map.copyOf(named);
    }

    static Scope of(EntityDefinition entity) {
        return new Scope(entity, new Place(0, entity), Map.of(), Map.of(), 0);
    }

    static Scope of(Rows rows) {
        Map<List<String>, Value> columns = new HashMap<>();
        rows.columns().forEach(column -> columns.put(column.path(), column.value()));
        return new Scope(null, null, Map.of(), columns, 0);
    }

    Optional<Place> variable(String name) {
        return name.equals("$it") && root != null
                ? Optional.of(new Place(0, root))
                : Optional.ofNullable(variables.get(name));
    }

    /// Returns the scope in which something that was computed has a name, too.
    Scope with(String name, Value value) {
        Map<List<String>, Value> all = new HashMap<>(named);
        all.put(List.of(name), value);
        return new Scope(root, bare, variables, all, depth);
    }

    /// Returns the scope of a condition on a collection's members that go by a name.
    Scope within(String name, EntityDefinition member) {
        Map<String, Place> all = new HashMap<>(variables);
        all.put(name, new Place(depth + 1, member));
        return new Scope(root, bare, all, named, depth + 1);
    }

    /// Returns the scope of a condition on a collection's members that go by no name.
    Scope within(EntityDefinition member) {
        return new Scope(root, new Place(depth + 1, member), variables, Map.of(), depth + 1);
    }
}
