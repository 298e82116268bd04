package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a field is required, read-only, visible, what can be chosen in it, and what it begins with: one expression
/// each, by the name of the member that has it.
///
/// @param texts    as they were written
/// @param formulas as they were read; snapshots have them, definitions do not
public record Conditions(Map<String, String> texts, Map<String, Formula> formulas) {

    public static final Conditions NONE = new Conditions(Map.of(), Map.of());

    public static final String REQUIRED = "requiredWhen";
    public static final String READ_ONLY = "readOnlyWhen";
    public static final String VISIBLE = "visibleWhen";
    public static final String DEFAULT = "defaultExpression";

    /// The members of a field's definition that are one expression.
    public static final List<String> MEMBERS = List.of(REQUIRED, READ_ONLY, VISIBLE, DEFAULT);

    private static final String OPTION = "optionsWhen.";

    public Conditions {
        texts = Map.copyOf(texts);
        formulas = Map.copyOf(formulas);
    }

    /// Returns the member for a picklist's option.
    static String option(String value) {
        return OPTION + value;
    }

    /// Returns the expression of the member; `null` when there is none.
    public @Nullable Formula get(String member) {
        return formulas.get(member);
    }

    /// Returns when the option can be chosen; `null` for always.
    public @Nullable Formula ofOption(String value) {
        return formulas.get(option(value));
    }

    /// Returns the conditions of options, by value.
    public Map<String, Formula> options() {
        Map<String, Formula> options = new LinkedHashMap<>();
        formulas.forEach((member, formula) -> {
            if (member.startsWith(OPTION)) {
                options.put(member.substring(OPTION.length()), formula);
            }
        });
        return options;
    }

    public List<Formula> all() {
        return new ArrayList<>(formulas.values());
    }
}
