package io.relata.core.expression;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that an expression may use.
public interface Scope {

    /// Returns what the name stands for.
    Optional<Member> member(String name);

    /// Returns all names, from which a hint is chosen for one that there is not.
    List<String> names();

    /// What a name stands for.
    ///
    /// @param beyond the names of the record that a lookup points to; `null` for what is no lookup
    /// @param weight of how many parts it consists: more than one for a formula
    /// @param steady whether its value changes only when a record is written
    record Member(Type type, @Nullable Scope beyond, int weight, boolean steady) {

        public static Member of(Type type) {
            return new Member(type, null, 1, true);
        }
    }
}
