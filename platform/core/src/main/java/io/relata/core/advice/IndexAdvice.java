package io.relata.core.advice;

import io.relata.core.advice.QueryShapes.Runs;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Tells an administrator which fields queries would profit from if they were indexed, with the evidence.
public final class IndexAdvice {

    private final MetadataService metadata;

    public IndexAdvice(MetadataService metadata) {
        this.metadata = metadata;
    }

    /// What can be done about a field.
    public enum Way {
        /// Mark it indexed.
        INDEX,
        /// Store what the formula gives, then mark it.
        STORE,
        /// No index serves such a field.
        NONE;

        /// Returns the word that the API uses.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A field with what was asked of it. A query that uses several fields counts for each.
    ///
    /// @param uses    `equal`, `range`, `text`, `list`, `order`, `group`
    /// @param records the rows that the queries gave together
    /// @param millis  how long they took together
    /// @param slowest how long one took at most, in milliseconds
    public record Advice(
            ComponentKey component,
            Way way,
            Set<String> uses,
            long times,
            long records,
            long millis,
            long slowest,
            Instant first,
            Instant last) {

        public Advice {
            uses = Set.copyOf(uses);
        }
    }

    /// Returns the fields without an index by which queries were run, those on which most time was spent first.
    ///
    /// @throws ProblemException FORBIDDEN
    public List<Advice> of(CallContext context) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        List<QueryShapes.Shape> shapes = metadata.look(context, tx -> QueryShapes.of(tx.sql(), context.tenant()));
        Map<String, Advice> byField = new LinkedHashMap<>();
        for (QueryShapes.Shape shape : shapes) {
            Map<String, Set<String>> uses = new LinkedHashMap<>();
            for (String use : shape.text().split("; ", -1)) {
                int blank = use.indexOf(' ');
                uses.computeIfAbsent(use.substring(0, blank), path -> new TreeSet<>())
                        .add(use.substring(blank + 1));
            }
            uses.forEach((path, how) -> add(snapshot, shape, path, how, byField));
        }
        List<Advice> all = new ArrayList<>(byField.values());
        all.sort(Comparator.comparingLong(Advice::millis)
                .thenComparingLong(Advice::times)
                .reversed());
        return all;
    }

    private static void add(
            MetadataSnapshot snapshot,
            QueryShapes.Shape shape,
            String path,
            Set<String> uses,
            Map<String, Advice> byField) {
        EntityDefinition entity =
                snapshot.entity(path.substring(0, path.indexOf('.'))).orElse(null);
        FieldDefinition field = entity == null
                ? null
                : entity.field(path.substring(path.indexOf('.') + 1)).orElse(null);
        if (entity == null || field == null || entity.indexed(field)) {
            return;
        }
        Runs runs = shape.runs();
        Advice one = new Advice(
                ComponentKey.ofField(entity.key(), field.name()),
                way(field),
                uses,
                runs.times(),
                runs.records(),
                runs.millis(),
                runs.slowest(),
                shape.first(),
                shape.last());
        byField.merge(path, one, IndexAdvice::sum);
    }

    private static Advice sum(Advice one, Advice other) {
        Set<String> uses = new TreeSet<>(one.uses());
        uses.addAll(other.uses());
        return new Advice(
                one.component(),
                one.way(),
                uses,
                one.times() + other.times(),
                one.records() + other.records(),
                one.millis() + other.millis(),
                Math.max(one.slowest(), other.slowest()),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    private static Way way(FieldDefinition field) {
        if (field.virtual()) {
            return Way.STORE;
        }
        return field.indexable() ? Way.INDEX : Way.NONE;
    }
}
