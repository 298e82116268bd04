package io.relata.core.search;

import io.relata.core.access.CallerAccess;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.file.FileTexts;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import io.relata.core.search.HitStatement.Hits;
import io.relata.core.search.HitStatement.Place;
import io.relata.core.search.SearchResult.Group;
import io.relata.core.search.SearchResult.Hit;
import io.relata.core.search.SearchResult.Snippet;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Looks for words in all entities at once. The number of statements does not depend on the data.
public final class GlobalSearch {

    private static final String CANCELLED = "57014";

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> snapshots;
    private final SearchUpkeep upkeep;
    private final Duration patience;

    /// @param patience how long one statement may take
    public GlobalSearch(
            TenantTransaction transactions,
            Function<UUID, MetadataSnapshot> snapshots,
            SearchUpkeep upkeep,
            Duration patience) {
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.upkeep = upkeep;
        this.patience = patience;
    }

    /// What is asked for.
    ///
    /// @param text  as typed in a search box
    /// @param sets  the API's names of the entities; empty for all
    /// @param top   how many hits of each entity
    /// @param after behind which the hits of the one entity are wanted; `null` for the best
    public record Wish(
            String text,
            List<String> sets,
            int top,
            @Nullable String after) {}

    /// Searches.
    ///
    /// @throws ProblemException INVALID_QUERY, UNKNOWN_ENTITY
    public SearchResult search(CallContext context, Wish wish) {
        MetadataSnapshot snapshot = snapshots.apply(context.tenant());
        MetadataSnapshot seen = CallerAccess.of(transactions, context).seen(snapshot);
        Map<UUID, EntityDefinition> entities = searched(seen, wish.sets());
        Place after = wish.after() == null ? null : place(wish.after(), entities.size());
        Optional<Search> search = Search.parse(wish.text());
        if (search.isEmpty()) {
            return new SearchResult(false, true, List.of());
        }
        boolean complete = upkeep.upToDate(
                snapshot,
                entities.values().stream().map(EntityDefinition::whole).toList());
        try {
            return transactions.query(
                    context,
                    patience,
                    sql -> search(sql, context, entities, search.get(), wish.top(), after, complete));
        } catch (DataAccessException exception) {
            throw exception.sqlState().equals(CANCELLED)
                    ? ProblemException.of(ProblemCode.INVALID_QUERY, "query-too-slow")
                    : exception;
        }
    }

    /// The one place that decides in which entities a caller's words are looked for.
    private static Map<UUID, EntityDefinition> searched(MetadataSnapshot snapshot, List<String> sets) {
        Map<UUID, EntityDefinition> entities = new LinkedHashMap<>();
        if (sets.isEmpty()) {
            snapshot.entities().forEach(entity -> entities.put(entity.id(), entity));
        }
        for (String set : sets) {
            EntityDefinition entity = snapshot.entityBySetName(set)
                    .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", set));
            entities.put(entity.id(), entity);
        }
        return entities;
    }

    private static SearchResult search(
            DSLContext sql,
            CallContext context,
            Map<UUID, EntityDefinition> entities,
            Search search,
            int top,
            @Nullable Place after,
            boolean complete) {
        UUID tenant = context.tenant();
        CallerAccess access = CallerAccess.of(sql, context);
        SearchPlan plan = SearchPlanner.plan(sql, access, entities.values(), search);
        Map<UUID, Reach> reaches = SearchPlanner.reaches(access, entities.values());
        Map<UUID, Hits> hits =
                new HitStatement(plan, tenant, reaches, top + 1, after).fetch(sql, List.copyOf(entities.keySet()));
        Map<UUID, List<@Nullable String>> texts = texts(sql, tenant, entities, hits, top);
        Marker marker = new Marker(plan);
        List<Group> groups = new ArrayList<>();
        hits.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        found -> found.getValue().places().getFirst().score()))
                .forEach(found -> groups.add(group(
                        Objects.requireNonNull(entities.get(found.getKey())), found.getValue(), top, texts, marker)));
        written(sql, context, groups);
        return new SearchResult(plan.misspelt(), complete, groups);
    }

    private static void written(DSLContext sql, CallContext context, List<Group> groups) {
        SensitiveReads reads = new SensitiveReads(SensitiveReads.Way.SEARCH);
        for (Group group : groups) {
            EntityDefinition entity = group.entity();
            FieldDefinition naming = SearchFields.of(entity).name();
            for (Hit hit : group.hits()) {
                Snippet snippet = hit.snippet();
                if (naming.watched()) {
                    reads.shown(entity.id(), hit.id(), naming.name());
                }
                if (snippet != null && snippet.field().watched()) {
                    reads.shown(entity.id(), hit.id(), snippet.field().name());
                }
            }
        }
        reads.write(sql, context);
    }

    private static Group group(
            EntityDefinition entity, Hits hits, int top, Map<UUID, List<@Nullable String>> texts, Marker marker) {
        boolean more = hits.places().size() > top;
        List<Place> shown = more ? hits.places().subList(0, top) : hits.places();
        SearchFields fields = SearchFields.of(entity);
        List<Hit> found = new ArrayList<>();
        for (Place place : shown) {
            List<@Nullable String> own = texts.get(place.id());
            if (own != null) {
                found.add(hit(fields, place.id(), own, marker));
            }
        }
        int count = Math.min(hits.total(), SearchPlanner.CAP);
        boolean exact = hits.all() && hits.total() <= SearchPlanner.CAP;
        return new Group(entity, count, exact, found, more ? token(shown.getLast()) : null);
    }

    private static Hit hit(SearchFields fields, UUID id, List<@Nullable String> texts, Marker marker) {
        String name = texts.getFirst() == null ? "" : texts.getFirst();
        Marker.Marked ofName = marker.mark(name, true);
        Snippet snippet = null;
        List<FieldDefinition> others = others(fields);
        for (int i = 0; i < others.size() && snippet == null; i++) {
            String text = texts.get(i + 1);
            if (text != null) {
                Marker.Marked marked = marker.mark(text, false);
                snippet = marked.anyBeyond(ofName) ? Marker.snippet(others.get(i), text, marked.marks()) : null;
            }
        }
        return new Hit(id, name, ofName.marks(), snippet);
    }

    private static List<FieldDefinition> others(SearchFields fields) {
        return Stream.concat(fields.others().stream(), fields.files().stream()).toList();
    }

    /// Returns the searched texts of the hits, the name first and files last.
    private static Map<UUID, List<@Nullable String>> texts(
            DSLContext sql, UUID tenant, Map<UUID, EntityDefinition> entities, Map<UUID, Hits> hits, int top) {
        List<Select<Record3<UUID, String, String[]>>> selects = new ArrayList<>();
        hits.forEach((id, found) -> {
            EntityDefinition entity = entities.get(id);
            if (entity != null) {
                List<UUID> ids =
                        found.places().stream().limit(top).map(Place::id).toList();
                selects.add(texts(tenant, SearchFields.of(entity), ids));
            }
        });
        Map<UUID, List<@Nullable String>> texts = new HashMap<>();
        selects.stream()
                .reduce(Select::unionAll)
                .ifPresent(select -> sql.fetch(select).forEach(row -> {
                    List<@Nullable String> own = new ArrayList<>();
                    own.add(row.value2());
                    own.addAll(Arrays.asList(row.value3()));
                    texts.put(row.value1(), own);
                }));
        return texts;
    }

    private static Select<Record3<UUID, String, String[]>> texts(UUID tenant, SearchFields fields, List<UUID> ids) {
        RecordColumns columns = RecordColumns.of(fields.entity());
        List<Field<String>> others = others(fields).stream()
                .map(field -> field.type().holdsFile()
                        ? FileTexts.of(tenant, fields.entityId(), columns.id(), field.name())
                        : text(columns, field))
                .toList();
        Field<String[]> array =
                others.isEmpty() ? DSL.val(new String[0], SQLDataType.CLOB.getArrayDataType()) : DSL.array(others);
        return DSL.select(columns.id(), text(columns, fields.name()), array)
                .from(columns.table())
                .where(columns.live(tenant))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))));
    }

    private static Field<String> text(RecordColumns columns, FieldDefinition field) {
        if (field.kind() == ValueKind.LIST) {
            return DSL.field(
                    "(select string_agg(item, '; ') from jsonb_array_elements_text({0}) item)",
                    SQLDataType.CLOB, columns.field(field));
        }
        return columns.field(field).coerce(SQLDataType.CLOB);
    }

    private static String token(Place place) {
        return place.score() + "." + place.id();
    }

    private static Place place(String token, int entities) {
        int dot = token.indexOf('.');
        if (entities != 1) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "search-after-one-entity");
        }
        try {
            return new Place(
                    Integer.parseInt(token.substring(0, Math.max(dot, 0))), UUID.fromString(token.substring(dot + 1)));
        } catch (IllegalArgumentException exception) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "search-bad-after");
        }
    }
}
