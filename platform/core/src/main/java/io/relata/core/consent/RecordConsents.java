package io.relata.core.consent;

import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.StoredDocument;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/// Consents of the persons whom records are. Whoever reads a record sees them, whoever may change it gives and
/// withdraws
/// them on the person's behalf. Entries are only added: what was said last counts.
public final class RecordConsents {

    private static final int NEWEST = 200;

    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;

    public RecordConsents(AuditTrail trail, Ids ids, Clock clock) {
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    /// What there is of a record.
    ///
    /// @param counting the codes of the purposes for which the person has agreed
    /// @param entries  what was said, the latest first; of each purpose at least the last
    public record Standing(List<ConsentPurpose> purposes, Set<String> counting, List<ConsentEntry> entries) {}

    /// Returns what a record's person has agreed to.
    ///
    /// @throws ProblemException NOT_FOUND, also when records of the entity are no persons
    public Standing of(WriteTransaction tx, EntityDefinition entity, UUID id) {
        require(tx, entity, id, Privilege.READ);
        List<ConsentPurpose> purposes = ConsentPurposes.list(tx.sql(), tx.tenant(), DSL.noCondition());
        Map<UUID, ConsentPurpose> known =
                purposes.stream().collect(Collectors.toMap(ConsentPurpose::id, Function.identity()));
        boolean all = CallerAccess.of(tx.sql(), tx.context()).privacy();
        List<ConsentEntry> entries =
                stored(tx.sql(), ConsentTables.of(tx.tenant(), entity.id(), id)).map(row -> entry(row, known, all));
        Instant now = clock.instant();
        Set<String> counting = entries.stream()
                .filter(entry -> entry.current() && entry.state() == ConsentEntry.State.GIVEN)
                .filter(entry -> purposes.stream()
                        .filter(one -> one.code().equals(entry.purpose()))
                        .anyMatch(one -> one.active()
                                && (one.months() == null
                                        || until(entry.saidAt(), one.months()).isAfter(now))))
                .map(ConsentEntry::purpose)
                .collect(Collectors.toSet());
        return new Standing(purposes, counting, entries);
    }

    /// Until when a consent counts.
    public static Instant until(Instant said, int months) {
        return said.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    private static Result<Record> stored(DSLContext sql, Condition which) {
        return sql.select()
                .from(ConsentTables.CONSENT)
                .where(which)
                .orderBy(ConsentTables.CURRENT.desc(), ConsentTables.SAID.desc(), ConsentTables.ID.desc())
                .limit(NEWEST)
                .fetch();
    }

    private static ConsentEntry entry(Record row, Map<UUID, ConsentPurpose> known, boolean all) {
        ConsentPurpose purpose = known.get(row.get(ConsentTables.PURPOSE_ID));
        return new ConsentEntry(
                row.get(ConsentTables.ID),
                purpose == null ? "" : purpose.code(),
                ConsentInput.state(row.get(ConsentTables.STATE)),
                row.get(ConsentTables.SAID).toInstant(),
                row.get(ConsentTables.CURRENT),
                row.get(ConsentTables.RECORDED).toInstant(),
                row.get(ConsentTables.RECORDED_BY),
                ConsentInput.way(row.get(ConsentTables.WAY)),
                row.get(ConsentTables.TEXT_VERSION),
                row.get(ConsentTables.LANGUAGE),
                row.get(ConsentTables.SHOWN),
                row.get(ConsentTables.SOURCE),
                all ? row.get(ConsentTables.ADDRESS) : null);
    }

    /// Writes down that the person has agreed, or has taken it back.
    ///
    /// @throws ProblemException NOT_FOUND, FORBIDDEN; VALIDATION with every violation
    public void say(WriteTransaction tx, EntityDefinition entity, UUID id, JsonNode body) {
        require(tx, entity, id, Privilege.UPDATE);
        Instant now = clock.instant();
        ConsentInput input = ConsentInput.read(tx.sql(), tx.context(), body, now);
        DSLContext sql = tx.sql();
        // What two say at one time of one record and purpose comes one after the other.
        sql.select(DSL.field(
                        "pg_advisory_xact_lock(hashtextextended({0}, 0))",
                        Object.class, val("consent " + id + input.purpose().id())))
                .fetch();
        Condition same = ConsentTables.of(tx.tenant(), entity.id(), id)
                .and(ConsentTables.PURPOSE_ID.eq(input.purpose().id()))
                .and(ConsentTables.CURRENT);
        OffsetDateTime said = input.at().atOffset(ZoneOffset.UTC);
        boolean later = sql.fetchExists(
                DSL.selectOne().from(ConsentTables.CONSENT).where(same).and(ConsentTables.SAID.gt(said)));
        if (!later) {
            sql.update(ConsentTables.CONSENT)
                    .set(ConsentTables.CURRENT, false)
                    .where(same)
                    .execute();
        }
        sql.insertInto(ConsentTables.CONSENT)
                .set(ConsentTables.TENANT, tx.tenant())
                .set(ConsentTables.ID, ids.next())
                .set(ConsentTables.ENTITY, entity.id())
                .set(ConsentTables.RECORD, id)
                .set(ConsentTables.PURPOSE_ID, input.purpose().id())
                .set(ConsentTables.STATE, input.state().code())
                .set(ConsentTables.SAID, said)
                .set(ConsentTables.CURRENT, !later)
                .set(ConsentTables.RECORDED, now.atOffset(ZoneOffset.UTC))
                .set(ConsentTables.RECORDED_BY, tx.context().user())
                .set(ConsentTables.WAY, input.way().code())
                .set(ConsentTables.TEXT_VERSION, input.textVersion())
                .set(ConsentTables.LANGUAGE, input.language())
                .set(ConsentTables.SHOWN, input.shown())
                .set(ConsentTables.SOURCE, input.source())
                .set(ConsentTables.ADDRESS, input.address())
                .execute();
        written(tx, entity, id, input);
    }

    /// The fact alone, so that it stays when the person is erased.
    private void written(WriteTransaction tx, EntityDefinition entity, UUID id, ConsentInput input) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", "consent")
                .put("purpose", input.purpose().code())
                .put("version", input.textVersion())
                .put("way", input.way().code());
        AuditEntry.Action action =
                input.state() == ConsentEntry.State.GIVEN ? AuditEntry.Action.CONSENT : AuditEntry.Action.WITHDRAW;
        trail.keep(tx.sql(), tx.context(), List.of(new AuditEntry("record", entity.id(), id, 0, action, changes)));
    }

    private static void require(WriteTransaction tx, EntityDefinition entity, UUID id, Privilege privilege) {
        EntityDefinition whole = tx.entity(entity.name());
        RecordColumns columns = RecordColumns.of(whole);
        CallerAccess access = CallerAccess.of(tx.sql(), tx.context());
        boolean there = whole.fields().stream().anyMatch(FieldDefinition::personal)
                && tx.sql()
                        .fetchExists(DSL.selectOne()
                                .from(columns.table())
                                .where(columns.live(tx.tenant()))
                                .and(columns.id().eq(id)))
                && !Reach.of(access, whole, Privilege.READ)
                        .of(tx.sql(), Set.of(id))
                        .isEmpty();
        if (!there) {
            throw ProblemException.notFound();
        }
        if (Reach.of(access, whole, privilege).of(tx.sql(), Set.of(id)).isEmpty()) {
            throw CallerAccess.forbidden();
        }
    }

    /// Returns what is handed out to persons: what they have said and what they were shown, in their language.
    public static List<ObjectNode> handedOut(
            DSLContext sql, UUID tenant, EntityDefinition entity, Collection<UUID> persons) {
        return sql.fetch(
                        "select consent.*, purpose.code, purpose.label::text as label, texts.texts::text as texts"
                                + " from relata.consent consent join relata.consent_purpose purpose"
                                + " on purpose.tenant_id = {0} and purpose.id = consent.purpose_id"
                                + " left join relata.consent_text texts on texts.tenant_id = {0}"
                                + " and texts.purpose_id = consent.purpose_id and texts.version = consent.text_version"
                                + " where consent.tenant_id = {0} and consent.entity_id = {1}"
                                + " and consent.record_id = any({2}) order by consent.record_id, consent.said_at,"
                                + " consent.id",
                        val(tenant), val(entity.id()), val(persons.toArray(UUID[]::new)))
                .map(row -> handedOut(entity, row));
    }

    private static ObjectNode handedOut(EntityDefinition entity, Record row) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        String language = row.get(ConsentTables.LANGUAGE);
        String texts = row.get("texts", String.class);
        line.put("is", "agreement")
                .put("entity", entity.name())
                .put("id", row.get(ConsentTables.RECORD).toString())
                .put("purpose", row.get(ConsentTables.CODE))
                .put("state", row.get(ConsentTables.STATE))
                .put("saidAt", row.get(ConsentTables.SAID).toInstant().toString())
                .put("current", row.get(ConsentTables.CURRENT))
                .put("way", row.get(ConsentTables.WAY))
                .put("textVersion", row.get(ConsentTables.TEXT_VERSION))
                .put("language", language)
                .put("shown", row.get(ConsentTables.SHOWN))
                .put("source", row.get(ConsentTables.SOURCE))
                .put("address", row.get(ConsentTables.ADDRESS));
        line.set("label", StoredDocument.parse(JSONB.valueOf(row.get("label", String.class))));
        if (texts != null && language != null) {
            line.set("text", StoredDocument.parse(JSONB.valueOf(texts)).path(language));
        }
        return line;
    }

    /// Forgets of erased persons where they said so. That they did stays; it counts no more.
    public static void erase(DSLContext sql, UUID tenant, EntityDefinition entity, Collection<UUID> persons) {
        sql.update(ConsentTables.CONSENT)
                .set(ConsentTables.CURRENT, false)
                .setNull(ConsentTables.SOURCE)
                .setNull(ConsentTables.ADDRESS)
                .where(ConsentTables.TENANT.eq(tenant))
                .and(ConsentTables.ENTITY.eq(entity.id()))
                .and(ConsentTables.RECORD.eq(DSL.any(persons.toArray(UUID[]::new))))
                .execute();
    }
}
