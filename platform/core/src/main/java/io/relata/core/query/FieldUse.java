package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A field that a query uses to find, order or group records.
///
/// @param path under which the query names it
public record FieldUse(EntityDefinition entity, FieldDefinition field, String path, How how) {

    /// What a query does with a field.
    public enum How {
        EQUAL,
        RANGE,
        TEXT,
        LIST,
        ORDER,
        GROUP,
        /// It is a part of a calculation; an index would have to know the result.
        COMPUTED,
        /// It leads to other records.
        WAY;

        /// Returns the word that the API uses.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Set<FieldUse> of(Query query) {
        return new FieldUses().of(query);
    }

    static Set<FieldUse> of(Query.Selection selection) {
        return new FieldUses().of(selection);
    }

    static Set<FieldUse> of(Rows rows) {
        return new FieldUses().of(rows);
    }

    /// With what the figures are reckoned from, which finds no records.
    static Set<FieldUse> reckoned(Rows rows) {
        return new FieldUses().reckoned(rows);
    }

    /// Returns whether an index finds records by the field.
    public boolean indexed() {
        return entity.indexed(field);
    }

    /// Returns whether the field is used as it is stored.
    public boolean direct() {
        return how != How.COMPUTED && how != How.WAY;
    }

    /// Names the fields by which the query looks for records though no index knows their values: what somebody can do
    /// about one that takes too long.
    static List<String> unindexed(Collection<FieldUse> uses) {
        return uses.stream()
                .filter(use -> use.how != How.GROUP && !use.indexed() && use.field.indexable())
                .map(FieldUse::path)
                .distinct()
                .toList();
    }
}
