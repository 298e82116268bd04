package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.search.Search;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of an entity's records.
///
/// @param sort     the id decides where all keys are equal
/// @param fields   what to read of the records
/// @param pageSize how many records at most
/// @param count    whether to count all that match, on all pages
/// @param skip     how many records to leave out before the page
/// @param after    where the page before ended; `null` for the first
public record Query(
        Selection selection,
        List<Sort> sort,
        List<FieldDefinition> fields,
        List<Expand> expands,
        int pageSize,
        boolean count,
        int skip,
        @Nullable Keyset after) {

    public Query {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
        expands = List.copyOf(expands);
    }

    /// Returns this query for the records behind a place.
    public Query after(@Nullable Keyset place) {
        return new Query(selection, sort, fields, expands, pageSize, count, place == null ? skip : 0, place);
    }

    /// Which records a question is about: the live ones of an entity that match the filter and the search.
    public record Selection(
            EntityDefinition entity,
            @Nullable Filter filter,
            @Nullable Search search) {

        /// Returns all live records of the entity.
        public static Selection all(EntityDefinition entity) {
            return new Selection(entity, null, null);
        }
    }
}
