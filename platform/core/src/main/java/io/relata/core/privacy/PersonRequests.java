package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.access.CallerAccess;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordData;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.vault.Vault;
import io.relata.spi.CallContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What there is of persons, asked for by administrators and whoever has a role with `privacy`. Such a person reads
/// everything that is found, whoever may read it otherwise; that somebody asked is in the audit trail.
public final class PersonRequests {

    /// For how long it is kept what somebody looked for.
    public static final Duration KEPT = Duration.ofDays(90);

    private static final List<String> LANGUAGES = List.of("en", "zh-CN");
    private static final int NEWEST = 100;

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final JobService jobs;
    private final AuditTrail trail;
    private final Vault vault;
    private final PersonFiles folder;
    private final Clock clock;

    public PersonRequests(
            TenantTransaction transactions,
            MetadataService metadata,
            JobService jobs,
            AuditTrail trail,
            Vault vault,
            Path folder,
            Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.jobs = jobs;
        this.trail = trail;
        this.vault = vault;
        this.folder = new PersonFiles(folder);
        this.clock = clock;
    }

    /// A request.
    public record PersonRequest(UUID id, PersonWish wish, UUID by, Instant at, Job job) {}

    /// Takes the search on in the caller's transaction.
    ///
    /// @throws ProblemException FORBIDDEN; NOT_FOUND when there is no such record, not even in the bin
    public UUID submit(WriteTransaction tx, PersonWish wish) {
        CallContext context = tx.context();
        CallerAccess.of(tx.sql(), context).requirePrivacy();
        PersonWish whole = wish.record() == null ? wish : whole(tx, wish, wish.record());
        UUID id = jobs.newId();
        Job job = jobs.submit(
                tx.sql(),
                context,
                new NewJob(
                        jobs.newId(),
                        FindKind.CODE,
                        wish.entity() == null ? "" : wish.entity(),
                        JsonNodeFactory.instance.objectNode().put(FindKind.REQUEST, id.toString()),
                        null));
        tx.sql()
                .insertInto(PersonTable.REQUEST)
                .columns(
                        PersonTable.TENANT,
                        PersonTable.ID,
                        PersonTable.WISH,
                        PersonTable.JOB,
                        PersonTable.BY,
                        PersonTable.CREATED)
                .values(
                        context.tenant(),
                        id,
                        JSONB.valueOf(whole.json().toString()),
                        job.id(),
                        context.user(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        sweep(tx.sql(), context.tenant());
        written(tx, id, AuditEntry.Action.CREATE);
        return id;
    }

    /// Says that somebody asked, not for whom: that may have to be forgotten.
    private void written(WriteTransaction tx, UUID id, AuditEntry.Action action) {
        trail.keep(
                tx.sql(),
                tx.context(),
                List.of(new AuditEntry(
                        "person", AuditEntry.PERSONS, id, 1, action, JsonNodeFactory.instance.arrayNode())));
    }

    /// Whoever is named by a record is looked for by what it says, too.
    private PersonWish whole(WriteTransaction tx, PersonWish wish, UUID record) {
        EntityDefinition entity = tx.snapshot()
                .entity(wish.entity() == null ? "" : wish.entity())
                .orElseThrow(
                        () -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", wish.entity() + ""));
        List<FieldDefinition> fields = PersonRecords.personal(entity);
        RecordData data = new PersonRecords(tx.sql(), tx.context().tenant(), vault)
                .find(entity, fields, record)
                .orElseThrow(ProblemException::notFound);
        List<String> emails = new ArrayList<>();
        List<String> phones = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (FieldDefinition field : fields) {
            List<String> texts = PersonMatch.texts(data.value(field.name()));
            switch (field.type().typeName()) {
                case "email" -> emails.addAll(texts);
                case "phone" ->
                    texts.stream()
                            .filter(text -> PersonMatch.digits(text).length() >= PersonMatch.LEAST_DIGITS)
                            .forEach(phones::add);
                default -> {
                    if (field.name().equals(entity.nameField())) {
                        texts.stream()
                                .filter(text -> text.codePointCount(0, text.length()) > 1)
                                .forEach(names::add);
                    }
                }
            }
        }
        return wish.with(emails, phones, names);
    }

    /// Forgets what was looked for long ago.
    private void sweep(DSLContext sql, UUID tenant) {
        sql.deleteFrom(PersonTable.REQUEST)
                .where(PersonTable.TENANT.eq(tenant))
                .and(PersonTable.CREATED.lt(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .execute();
    }

    /// Returns the newest requests, the newest first.
    ///
    /// @throws ProblemException FORBIDDEN
    public List<PersonRequest> newest(CallContext context) {
        return transactions.call(context, sql -> {
            CallerAccess.of(sql, context).requirePrivacy();
            List<? extends Record> rows = sql.select(
                            PersonTable.ID, PersonTable.WISH, PersonTable.JOB, PersonTable.BY, PersonTable.CREATED)
                    .from(PersonTable.REQUEST)
                    .where(PersonTable.TENANT.eq(context.tenant()))
                    .orderBy(PersonTable.ID.desc())
                    .limit(NEWEST)
                    .fetch();
            Map<UUID, Job> known = new LinkedHashMap<>();
            List<UUID> ids = rows.stream().map(row -> row.get(PersonTable.JOB)).toList();
            jobs.known(sql, context.tenant(), ids).forEach(job -> known.put(job.id(), job));
            return rows.stream()
                    .map(row -> request(row, Objects.requireNonNull(known.get(row.get(PersonTable.JOB)))))
                    .toList();
        });
    }

    private static PersonRequest request(Record row, Job job) {
        return new PersonRequest(
                row.get(PersonTable.ID),
                PersonWish.stored(StoredDocument.parse(row.get(PersonTable.WISH))),
                row.get(PersonTable.BY),
                row.get(PersonTable.CREATED).toInstant(),
                job);
    }

    /// A request with how much it has found so far.
    public record Standing(PersonRequest request, List<Counted> counts) {}

    /// How much of a kind there is of an entity; of what is no entity's the name says what it is.
    public record Counted(Kind kind, String entity, long records, long entries) {}

    /// Returns the request.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public Standing find(CallContext context, UUID id) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        return transactions.call(context, sql -> {
            PersonRequest request = request(sql, context, id);
            List<Counted> counts = PersonTable.counts(sql, context.tenant(), id).stream()
                    .map(count ->
                            new Counted(count.kind(), name(snapshot, count.entity()), count.records(), count.entries()))
                    .toList();
            return new Standing(request, counts);
        });
    }

    private PersonRequest request(DSLContext sql, CallContext context, UUID id) {
        CallerAccess.of(sql, context).requirePrivacy();
        Record row = sql.select(PersonTable.ID, PersonTable.WISH, PersonTable.JOB, PersonTable.BY, PersonTable.CREATED)
                .from(PersonTable.REQUEST)
                .where(PersonTable.TENANT.eq(context.tenant()))
                .and(PersonTable.ID.eq(id))
                .fetchOptional()
                .orElseThrow(ProblemException::notFound);
        return request(
                row,
                jobs.known(sql, context.tenant(), List.of(row.get(PersonTable.JOB)))
                        .getFirst());
    }

    /// Takes on that all that was found is put together as one file.
    ///
    /// @param language in which the person reads: `en` or `zh-CN`
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION when the language is another, or the search still runs
    public Job pack(WriteTransaction tx, UUID id, String language) {
        PersonRequest request = request(tx.sql(), tx.context(), id);
        requireFound(request);
        if (!LANGUAGES.contains(language)) {
            throw ProblemException.invalid(
                    List.of(Violation.of(PackageKind.LANGUAGE, "privacy-language", String.join(", ", LANGUAGES))));
        }
        folder.sweep(tx.context().tenant(), clock.instant());
        written(tx, id, AuditEntry.Action.EXPORT);
        return jobs.submit(
                tx.sql(),
                tx.context(),
                new NewJob(
                        jobs.newId(),
                        PackageKind.CODE,
                        "",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put(FindKind.REQUEST, id.toString())
                                .put(PackageKind.LANGUAGE, language),
                        null));
    }

    /// What has not been looked for to the end is not all there is.
    private static void requireFound(PersonRequest request) {
        if (request.job().state() != Job.State.DONE) {
            throw ProblemException.invalid(List.of(Violation.of(null, "privacy-searching")));
        }
    }

    /// Returns until when the package can be fetched; empty when there is none.
    public Optional<Instant> expires(CallContext context, UUID id) {
        return folder.expires(context.tenant(), id, clock.instant());
    }

    /// Returns the package.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public Path packed(CallContext context, UUID id) {
        transactions.call(context, sql -> request(sql, context, id));
        if (expires(context, id).isEmpty()) {
            throw ProblemException.notFound();
        }
        return folder.packed(context.tenant(), id);
    }

    /// What an erasure would do to the records of an entity.
    ///
    /// @param persons  how many records are the person
    /// @param mentions how many others name the person
    /// @param goes     the fields whose values go from records that are the person
    /// @param stays    the fields whose values stay, with the key of the reason
    public record Planned(
            EntityDefinition entity,
            long persons,
            long mentions,
            List<FieldDefinition> goes,
            Map<FieldDefinition, String> stays) {}

    /// Returns what an erasure would do; nothing is changed.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public List<Planned> plan(CallContext context, UUID id) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        return transactions.call(context, sql -> {
            request(sql, context, id);
            Map<UUID, Map<Kind, Long>> counts = new LinkedHashMap<>();
            PersonTable.counts(sql, context.tenant(), id)
                    .forEach(count -> counts.computeIfAbsent(count.entity(), unknown -> new EnumMap<>(Kind.class))
                            .put(count.kind(), count.records()));
            List<Planned> plan = new ArrayList<>();
            counts.forEach((entity, found) -> entity(snapshot, entity).ifPresent(known -> {
                long persons = found.getOrDefault(Kind.PERSON, 0L);
                long mentions = found.getOrDefault(Kind.MENTION, 0L);
                if (persons + mentions > 0) {
                    Blanks blanks = Blanks.of(known);
                    plan.add(new Planned(known, persons, mentions, blanks.gone(), blanks.stays()));
                }
            }));
            return plan;
        });
    }

    /// Takes an erasure on in the caller's transaction.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION when the search still runs
    public Job erase(WriteTransaction tx, UUID id, ErasureWish wish) {
        CallContext context = tx.context();
        requireFound(request(tx.sql(), context, id));
        UUID erasure = jobs.newId();
        Job job = jobs.submit(
                tx.sql(),
                context,
                new NewJob(
                        jobs.newId(),
                        EraseKind.CODE,
                        "",
                        JsonNodeFactory.instance.objectNode().put(EraseKind.ERASURE, erasure.toString()),
                        null));
        tx.sql()
                .insertInto(ErasureTable.ERASURE)
                .columns(
                        ErasureTable.TENANT,
                        ErasureTable.ID,
                        ErasureTable.REQUEST,
                        ErasureTable.JOB,
                        ErasureTable.REASON,
                        ErasureTable.MODES,
                        ErasureTable.BY,
                        ErasureTable.CREATED)
                .values(
                        context.tenant(),
                        erasure,
                        id,
                        job.id(),
                        wish.reason(),
                        JSONB.valueOf(wish.modes().toString()),
                        context.user(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        written(tx, id, AuditEntry.Action.DELETE);
        return job;
    }

    /// Returns the proof of the newest erasure; empty when there was none.
    ///
    /// @throws ProblemException FORBIDDEN
    public Optional<JsonNode> proof(CallContext context, UUID id) {
        return transactions.call(context, sql -> {
            CallerAccess.of(sql, context).requirePrivacy();
            return ErasureTable.proof(sql, context.tenant(), id).map(ErasureTable.Proof::document);
        });
    }

    private static Optional<EntityDefinition> entity(MetadataSnapshot snapshot, UUID id) {
        return snapshot.entities().stream()
                .filter(entity -> entity.id().equals(id))
                .findFirst();
    }

    private static String name(MetadataSnapshot snapshot, UUID entity) {
        return entity(snapshot, entity)
                .map(EntityDefinition::name)
                .orElseGet(() -> AuditEntry.NAMES.getOrDefault(entity, ""));
    }

    /// A finding as it is shown.
    ///
    /// @param entity its name
    /// @param set    under which the API has its records; `null` for what is no record
    /// @param name   what the record is called; `null` when there is none any more
    public record Shown(
            PersonFinding finding,
            String entity,
            @Nullable String set,
            @Nullable String name,
            boolean deleted) {}

    /// Returns findings in a fixed order.
    ///
    /// @param kind  `null` for all
    /// @param after behind which to go on; `null` to begin
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public List<Shown> findings(
            CallContext context, UUID id, @Nullable Kind kind, @Nullable PersonFinding after, int most) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        Set<Kind> kinds = kind == null ? EnumSet.allOf(Kind.class) : EnumSet.of(kind);
        return transactions.call(context, sql -> {
            request(sql, context, id);
            List<PersonFinding> page = PersonTable.page(sql, context.tenant(), id, kinds, after, most);
            Map<EntityDefinition, List<UUID>> records = new LinkedHashMap<>();
            page.forEach(one -> entity(snapshot, one.entity())
                    .ifPresent(entity -> records.computeIfAbsent(entity, unknown -> new ArrayList<>())
                            .add(one.record())));
            Map<UUID, PersonRecords.Named> named = new PersonRecords(sql, context.tenant(), vault).named(records);
            return page.stream().map(one -> shown(snapshot, named, one)).toList();
        });
    }

    private static Shown shown(MetadataSnapshot snapshot, Map<UUID, PersonRecords.Named> named, PersonFinding finding) {
        PersonRecords.Named record = named.get(finding.record());
        return new Shown(
                finding,
                name(snapshot, finding.entity()),
                entity(snapshot, finding.entity())
                        .map(EntityDefinition::setName)
                        .orElse(null),
                record == null ? null : record.name(),
                record != null && record.deleted());
    }

    /// Forgets a request and what it found; the records stay.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public void delete(WriteTransaction tx, UUID id) {
        request(tx.sql(), tx.context(), id);
        tx.sql()
                .deleteFrom(PersonTable.REQUEST)
                .where(PersonTable.TENANT.eq(tx.context().tenant()))
                .and(PersonTable.ID.eq(id))
                .execute();
        folder.delete(tx.context().tenant(), id);
        written(tx, id, AuditEntry.Action.DELETE);
    }
}
