package io.relata.core.consent;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.access.CallerAccess;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What people may be asked to agree to, and the texts that they are shown. Everybody reads it; whoever looks after
/// privacy says it. Thread-safe.
public final class ConsentPurposes {

    private static final int MOST = 100;

    private final TenantTransaction transactions;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;

    public ConsentPurposes(TenantTransaction transactions, AuditTrail trail, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    /// Returns all of the tenant's, by code.
    public List<ConsentPurpose> list(CallContext context) {
        return transactions.read(context.tenant(), sql -> list(sql, context.tenant(), DSL.noCondition()));
    }

    static List<ConsentPurpose> list(DSLContext sql, UUID tenant, Condition which) {
        return sql.select(
                        ConsentTables.ID,
                        ConsentTables.CODE,
                        ConsentTables.LABEL,
                        ConsentTables.MONTHS,
                        ConsentTables.ACTIVE,
                        field(name("newest", "version"), Integer.class),
                        field(name("newest", "texts"), JSONB.class),
                        field(name("newest", "created_by"), UUID.class),
                        field(name("newest", "text_at"), OffsetDateTime.class))
                .from(ConsentTables.PURPOSE)
                .join(DSL.lateral(DSL.select(
                                        ConsentTables.VERSION,
                                        ConsentTables.TEXTS,
                                        ConsentTables.CREATED_BY,
                                        ConsentTables.CREATED.as("text_at"))
                                .from(ConsentTables.TEXT)
                                .where(ConsentTables.TENANT.eq(tenant))
                                .and(ConsentTables.PURPOSE_ID.eq(field(name("consent_purpose", "id"), UUID.class)))
                                .orderBy(ConsentTables.VERSION.desc())
                                .limit(1))
                        .as("newest"))
                .on(DSL.trueCondition())
                .where(ConsentTables.TENANT.eq(tenant))
                .and(which)
                .orderBy(ConsentTables.CODE)
                .fetch(ConsentPurposes::purpose);
    }

    private static ConsentPurpose purpose(Record row) {
        return new ConsentPurpose(
                row.get(ConsentTables.ID),
                row.get(ConsentTables.CODE),
                ConsentTables.texts(row.get(ConsentTables.LABEL)),
                row.get(ConsentTables.MONTHS),
                row.get(ConsentTables.ACTIVE),
                new ConsentText(
                        row.get("version", Integer.class),
                        ConsentTables.texts(row.get("texts", JSONB.class)),
                        row.get("created_by", UUID.class),
                        row.get("text_at", OffsetDateTime.class).toInstant()));
    }

    private static ConsentPurpose find(DSLContext sql, UUID tenant, UUID id) {
        return list(sql, tenant, ConsentTables.ID.eq(id)).stream().findFirst().orElseThrow(ProblemException::notFound);
    }

    /// Returns the purpose's texts, the newest first.
    ///
    /// @throws ProblemException NOT_FOUND
    public List<ConsentText> texts(CallContext context, UUID id) {
        List<ConsentText> texts = transactions.read(
                context.tenant(),
                sql -> sql.select(
                                ConsentTables.VERSION,
                                ConsentTables.TEXTS,
                                ConsentTables.CREATED_BY,
                                ConsentTables.CREATED)
                        .from(ConsentTables.TEXT)
                        .where(ConsentTables.TENANT.eq(context.tenant()))
                        .and(ConsentTables.PURPOSE_ID.eq(id))
                        .orderBy(ConsentTables.VERSION.desc())
                        .fetch(row -> new ConsentText(
                                row.value1(),
                                ConsentTables.texts(row.value2()),
                                row.value3(),
                                row.value4().toInstant())));
        if (texts.isEmpty()) {
            throw ProblemException.notFound();
        }
        return texts;
    }

    /// Makes a purpose with its first text.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION with every violation
    public ConsentPurpose create(DSLContext sql, CallContext context, JsonNode body) {
        CallerAccess.of(sql, context).requirePrivacy();
        PurposeInput input = PurposeInput.first(body);
        UUID tenant = context.tenant();
        List<ConsentPurpose> known = list(sql, tenant, DSL.noCondition());
        if (known.stream().anyMatch(one -> one.code().equals(input.code()))) {
            throw ProblemException.invalid(List.of(Violation.of("code", "consent-code-taken", input.code())));
        }
        if (known.size() >= MOST) {
            throw ProblemException.invalid(List.of(Violation.of(null, "consent-most", MOST)));
        }
        UUID id = ids.next();
        sql.insertInto(ConsentTables.PURPOSE)
                .set(ConsentTables.TENANT, tenant)
                .set(ConsentTables.ID, id)
                .set(ConsentTables.CODE, input.code())
                .set(ConsentTables.LABEL, ConsentTables.json(input.label()))
                .set(ConsentTables.MONTHS, input.months())
                .set(ConsentTables.ACTIVE, input.active())
                .set(ConsentTables.CREATED, now())
                .set(ConsentTables.UPDATED, now())
                .execute();
        add(sql, context, id, 1, Objects.requireNonNull(input.text()));
        ConsentPurpose made = find(sql, tenant, id);
        written(sql, context, id, AuditEntry.Action.CREATE, changes(null, made));
        return made;
    }

    /// Replaces what a purpose is called, how long its consents count, and whether people are still asked. Its code and
    /// its texts stay.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION with every violation
    public ConsentPurpose replace(DSLContext sql, CallContext context, UUID id, JsonNode body) {
        CallerAccess.of(sql, context).requirePrivacy();
        ConsentPurpose before = find(sql, context.tenant(), id);
        PurposeInput input = PurposeInput.later(body);
        sql.update(ConsentTables.PURPOSE)
                .set(ConsentTables.LABEL, ConsentTables.json(input.label()))
                .set(ConsentTables.MONTHS, input.months())
                .set(ConsentTables.ACTIVE, input.active())
                .set(ConsentTables.UPDATED, now())
                .where(ConsentTables.TENANT.eq(context.tenant()))
                .and(ConsentTables.ID.eq(id))
                .execute();
        ConsentPurpose after = find(sql, context.tenant(), id);
        written(sql, context, id, AuditEntry.Action.UPDATE, changes(before, after));
        return after;
    }

    /// Gives a purpose another text; those who agreed before were shown the one before.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION with every violation
    public ConsentPurpose write(DSLContext sql, CallContext context, UUID id, JsonNode body) {
        CallerAccess.of(sql, context).requirePrivacy();
        LocalizedText text = PurposeInput.text(body);
        // Whoever writes another version at the same time waits.
        sql.selectOne()
                .from(ConsentTables.PURPOSE)
                .where(ConsentTables.TENANT.eq(context.tenant()))
                .and(ConsentTables.ID.eq(id))
                .forNoKeyUpdate()
                .fetch();
        ConsentPurpose before = find(sql, context.tenant(), id);
        add(sql, context, id, before.text().version() + 1, text);
        ConsentPurpose after = find(sql, context.tenant(), id);
        written(sql, context, id, AuditEntry.Action.UPDATE, changes(before, after));
        return after;
    }

    /// Removes a purpose that nobody was asked for.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION when there are consents
    public void delete(DSLContext sql, CallContext context, UUID id) {
        CallerAccess.of(sql, context).requirePrivacy();
        ConsentPurpose before = find(sql, context.tenant(), id);
        boolean used = sql.fetchExists(DSL.selectOne()
                .from(ConsentTables.CONSENT)
                .where(ConsentTables.TENANT.eq(context.tenant()))
                .and(ConsentTables.PURPOSE_ID.eq(id)));
        if (used) {
            throw ProblemException.invalid(List.of(Violation.of(null, "consent-purpose-used")));
        }
        sql.deleteFrom(ConsentTables.PURPOSE)
                .where(ConsentTables.TENANT.eq(context.tenant()))
                .and(ConsentTables.ID.eq(id))
                .execute();
        written(sql, context, id, AuditEntry.Action.DELETE, changes(before, null));
    }

    private void add(DSLContext sql, CallContext context, UUID id, int version, LocalizedText text) {
        sql.insertInto(ConsentTables.TEXT)
                .set(ConsentTables.TENANT, context.tenant())
                .set(ConsentTables.PURPOSE_ID, id)
                .set(ConsentTables.VERSION, version)
                .set(ConsentTables.TEXTS, ConsentTables.json(text))
                .set(ConsentTables.CREATED_BY, context.user())
                .set(ConsentTables.CREATED, now())
                .execute();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void written(DSLContext sql, CallContext context, UUID id, AuditEntry.Action action, ArrayNode changes) {
        trail.keep(sql, context, List.of(new AuditEntry("consent", AuditEntry.CONSENTS, id, 1, action, changes)));
    }

    private static ArrayNode changes(@Nullable ConsentPurpose before, @Nullable ConsentPurpose after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        List<String> names = List.of("code", "label", "months", "active", "textVersion");
        List<@Nullable Object> old = told(before);
        List<@Nullable Object> fresh = told(after);
        for (int i = 0; i < names.size(); i++) {
            if (!Objects.equals(old.get(i), fresh.get(i))) {
                changes.addObject()
                        .put("field", names.get(i))
                        .put("old", text(old.get(i)))
                        .put("new", text(fresh.get(i)));
            }
        }
        return changes;
    }

    private static List<@Nullable Object> told(@Nullable ConsentPurpose purpose) {
        return purpose == null
                ? Arrays.asList(null, null, null, null, null)
                : Arrays.asList(
                        purpose.code(),
                        purpose.label().texts(),
                        purpose.months(),
                        purpose.active(),
                        purpose.text().version());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
