package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditErasure;
import io.relata.core.audit.AuditTrail;
import io.relata.core.consent.RecordConsents;
import io.relata.core.file.FileService;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Form;
import io.relata.core.privacy.ErasureWish.Mode;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.LegalHolds;
import io.relata.core.record.Move;
import io.relata.core.record.PlaceWriter;
import io.relata.core.record.Purge;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import io.relata.core.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// Erases a portion of what was found of a person, in one transaction.
///
/// A live record is written as by anybody: so formulas, roll-ups, unique values and the search follow, and what speaks
/// against it is said. What that writes into the history goes with the rest of the history. A deleted record goes for
/// good.
public final class Erasing {

    private final Tools tools;
    private final WriteTransaction tx;
    private final DSLContext sql;
    private final UUID tenant;
    private final Erasure erasure;
    private final PersonMatch match;

    /// What erasing works with.
    ///
    /// @param folder the folder with a folder for each tenant
    public record Tools(
            RecordWriter writer,
            AuditTrail trail,
            AuditErasure entries,
            FileService files,
            Vault vault,
            Path folder,
            Clock clock) {}

    /// An erasure that somebody asked for.
    record Erasure(UUID id, UUID request, ErasureWish wish, UUID by, Instant at, UUID job) {}

    Erasing(Tools tools, WriteTransaction tx, Erasure erasure) {
        this.tools = tools;
        this.tx = tx;
        this.sql = tx.sql();
        this.tenant = tx.context().tenant();
        this.erasure = erasure;
        this.match = new PersonMatch(
                PersonTable.wish(sql, tenant, erasure.request()).orElseThrow(ProblemException::notFound));
    }

    Erasure erasure() {
        return erasure;
    }

    /// Blanks or deletes records that are the person, or that name the person.
    void records(List<PersonFinding> page) {
        Map<EntityDefinition, Map<UUID, Kind>> found = new LinkedHashMap<>();
        for (PersonFinding one : page) {
            entity(one.entity())
                    .ifPresent(entity -> found.computeIfAbsent(entity, unknown -> new LinkedHashMap<>())
                            .merge(one.record(), one.kind(), (a, b) -> a == Kind.PERSON ? a : b));
        }
        found.forEach(this::records);
    }

    private Optional<EntityDefinition> entity(UUID id) {
        return tx.snapshot().entities().stream()
                .filter(entity -> entity.id().equals(id))
                .findFirst();
    }

    private void records(EntityDefinition entity, Map<UUID, Kind> kinds) {
        Mode mode = erasure.wish().mode(entity.name());
        List<FieldDefinition> fields = PersonRecords.personal(entity);
        PersonRecords reader = new PersonRecords(sql, tenant, tools.vault());
        List<UUID> ids = List.copyOf(kinds.keySet());
        Map<UUID, PersonRecords.Named> named = reader.named(Map.of(entity, ids));
        Set<UUID> held = LegalHolds.held(sql, tx.snapshot(), tenant, entity, ids);
        List<RecordData> live = new ArrayList<>();
        for (RecordData record : reader.all(entity, fields, ids)) {
            PersonRecords.Named standing = named.get(record.id());
            boolean deleted = standing != null && standing.deleted();
            if (held.contains(record.id())) {
                kept(entity, record.id(), fields, LegalHolds.HELD);
            } else if (mode == Mode.KEEP) {
                kept(entity, record.id(), fields, "erase-kept-by-choice");
            } else if (!deleted) {
                live.add(record);
            } else if (mode == Mode.DELETE || kinds.get(record.id()) == Kind.PERSON) {
                purge(entity, record.id());
            } else {
                inTheBin(entity, record, fields);
            }
        }
        if (mode == Mode.DELETE) {
            delete(entity, live);
        } else {
            blank(entity, live, kinds);
        }
    }

    private void delete(EntityDefinition entity, List<RecordData> records) {
        List<RecordTarget> targets = records.stream()
                .map(record -> RecordTarget.of(record.id(), null))
                .toList();
        List<RecordResult> results = tools.writer().moveAll(tx, entity, targets, Move.DELETE);
        for (int i = 0; i < records.size(); i++) {
            UUID id = records.get(i).id();
            if (results.get(i) instanceof RecordResult.Rejected rejected) {
                kept(entity, id, rejected);
            } else {
                purge(entity, id);
            }
        }
    }

    private void purge(EntityDefinition entity, UUID id) {
        Purge.remove(
                sql, tenant, entity, new UUID[] {id}, tools.clock().instant().atOffset(ZoneOffset.UTC));
        done(entity, id, "deleted", PersonRecords.personal(entity));
    }

    private void blank(EntityDefinition entity, List<RecordData> records, Map<UUID, Kind> kinds) {
        List<RecordInput> inputs = new ArrayList<>();
        List<Blanks> blanks = new ArrayList<>();
        for (RecordData record : records) {
            boolean person = kinds.get(record.id()) == Kind.PERSON;
            Blanks what = person ? Blanks.of(entity) : Blanks.of(holding(entity, record));
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (FieldDefinition field : what.gone()) {
                values.put(
                        field.property(),
                        person
                                ? Blanks.value(field, record.id())
                                : Blanks.without(field, record.value(field.name()), match, record.id()));
            }
            blanks.add(what);
            inputs.add(new RecordInput(RecordTarget.of(record.id(), null), values, RecordInput.Rest.KEPT, Form.JSON));
        }
        List<RecordResult> results = tools.writer().saveAll(tx, entity, inputs);
        for (int i = 0; i < records.size(); i++) {
            UUID id = records.get(i).id();
            if (results.get(i) instanceof RecordResult.Rejected rejected) {
                kept(entity, id, rejected);
            } else {
                if (kinds.get(id) == Kind.PERSON) {
                    hidden(entity, id);
                    RecordConsents.erase(sql, tenant, entity, List.of(id));
                }
                done(entity, id, "blanked", blanks.get(i).gone());
                stays(entity, id, blanks.get(i));
            }
        }
    }

    /// What a field held that is gone by now, or was of another type, nobody sees; it goes with the rest.
    private void hidden(EntityDefinition entity, UUID id) {
        Map<UUID, @Nullable Object> nothing = new HashMap<>();
        nothing.put(id, null);
        entity.whole().hidden().forEach(place -> new PlaceWriter(sql, tenant, entity, place.field()).write(nothing));
    }

    private List<FieldDefinition> holding(EntityDefinition entity, RecordData record) {
        return PersonRecords.personal(entity).stream()
                .filter(field -> match.in(record.value(field.name())) || match.names(field, record.value(field.name())))
                .toList();
    }

    /// A deleted record that only names the person comes back without it.
    private void inTheBin(EntityDefinition entity, RecordData record, List<FieldDefinition> fields) {
        List<FieldDefinition> gone = fields.stream()
                .filter(field -> match.in(record.value(field.name())))
                .toList();
        for (FieldDefinition field : gone) {
            Map<UUID, @Nullable Object> value = new HashMap<>();
            Object rest = Blanks.without(field, record.value(field.name()), match, record.id());
            value.put(record.id(), field.kind() == ValueKind.SECRET ? null : rest);
            new PlaceWriter(sql, tenant, entity, field).write(value);
        }
        done(entity, record.id(), "blanked", gone);
    }

    /// Takes files out of their records and away from the disk.
    void files(List<PersonFinding> page) {
        Set<UUID> gone = new TreeSet<>();
        for (PersonFinding one : page) {
            UUID file = one.file();
            EntityDefinition entity = entity(one.entity()).orElse(null);
            if (!erasure.wish().files()) {
                if (entity != null) {
                    kept(entity, one.record(), List.of(), "erase-kept-by-choice");
                }
            } else if (entity != null
                    && !LegalHolds.held(sql, tx.snapshot(), tenant, entity, List.of(one.record()))
                            .isEmpty()) {
                kept(entity, one.record(), List.of(), LegalHolds.HELD);
            } else if (entity == null || released(entity, one)) {
                if (file != null) {
                    gone.add(file);
                }
                ErasureTable.step(
                        sql,
                        tenant,
                        erasure.id(),
                        new ErasureTable.Step(one.entity(), one.record(), "file", names(List.of(one.field()))));
            }
        }
        tools.files().erase(sql, tenant, gone);
    }

    /// Returns whether the record lets the file go; one that is blanked or gone has already.
    private boolean released(EntityDefinition entity, PersonFinding one) {
        FieldDefinition field = entity.field(one.field()).orElse(null);
        RecordData record = field == null
                ? null
                : new PersonRecords(sql, tenant, tools.vault())
                        .find(entity, List.of(field), one.record())
                        .orElse(null);
        if (field == null || record == null || record.value(field.name()) == null) {
            return true;
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(field.property(), null);
        RecordInput input =
                new RecordInput(RecordTarget.of(one.record(), null), values, RecordInput.Rest.KEPT, Form.JSON);
        if (tools.writer().saveAll(tx, entity, List.of(input)).getFirst() instanceof RecordResult.Rejected rejected) {
            kept(entity, one.record(), rejected);
            return false;
        }
        return true;
    }

    /// Takes the values out of histories.
    ///
    /// @return how many entries have fewer values now
    long histories(List<ErasureTable.Subject> subjects) {
        return new ErasedTexts(tools, tx, erasure, match).histories(subjects);
    }

    /// Takes the values out of a part of the change feed.
    ///
    /// @return the last event of the part; `null` when this was the last part
    @Nullable
    UUID feed(@Nullable UUID after) {
        return new ErasedTexts(tools, tx, erasure, match).feed(after);
    }

    void rejects() {
        new ErasedTexts(tools, tx, erasure, match).rejects();
    }

    void rest() {
        new ErasedTexts(tools, tx, erasure, match).rest();
    }

    /// Writes the proof, and forgets who was looked for.
    void finish(long entries) {
        Instant now = tools.clock().instant();
        JsonNode proof = ErasureProof.of(sql, tx, erasure, entries, now);
        ErasureTable.finish(sql, tenant, erasure.id(), proof, now.atOffset(ZoneOffset.UTC));
        sql.update(PersonTable.REQUEST)
                .set(PersonTable.WISH, JSONB.valueOf("{}"))
                .where(PersonTable.TENANT.eq(tenant))
                .and(PersonTable.ID.eq(erasure.request()))
                .execute();
        new PersonFiles(tools.folder()).delete(tenant, erasure.request());
    }

    private void done(EntityDefinition entity, UUID record, String result, Collection<FieldDefinition> fields) {
        ArrayNode names = names(fields.stream().map(FieldDefinition::name).toList());
        ErasureTable.step(sql, tenant, erasure.id(), new ErasureTable.Step(entity.id(), record, result, names));
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        names.forEach(name -> changes.addObject()
                .put("field", name.asText())
                .put("reason", erasure.wish().reason()));
        tools.trail()
                .keep(
                        sql,
                        tx.context(),
                        List.of(new AuditEntry("record", entity.id(), record, 0, AuditEntry.Action.ERASE, changes)));
    }

    private static ArrayNode names(Collection<String> fields) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        fields.forEach(names::add);
        return names;
    }

    private void stays(EntityDefinition entity, UUID record, Blanks blanks) {
        if (!blanks.stays().isEmpty()) {
            ArrayNode fields = JsonNodeFactory.instance.arrayNode();
            blanks.stays()
                    .forEach((field, why) ->
                            fields.addObject().put("field", field.name()).put("why", why));
            ErasureTable.step(sql, tenant, erasure.id(), new ErasureTable.Step(entity.id(), record, "kept", fields));
        }
    }

    private void kept(EntityDefinition entity, UUID record, Collection<FieldDefinition> fields, String why) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (fields.isEmpty()) {
            all.addObject().put("why", why);
        }
        fields.forEach(field -> all.addObject().put("field", field.name()).put("why", why));
        ErasureTable.step(sql, tenant, erasure.id(), new ErasureTable.Step(entity.id(), record, "kept", all));
    }

    private void kept(EntityDefinition entity, UUID record, RecordResult.Rejected rejected) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Violation violation : rejected.violations()) {
            all.addObject().put("field", violation.field()).put("why", violation.code());
        }
        ErasureTable.step(sql, tenant, erasure.id(), new ErasureTable.Step(entity.id(), record, "kept", all));
    }
}
