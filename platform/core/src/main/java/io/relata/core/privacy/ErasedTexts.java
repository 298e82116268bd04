package io.relata.core.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.record.LegalHolds;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.StoredDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Takes a person's values out of what is kept beside the records: histories, the change feed, rejected rows, filters
/// that people keep, answers to requests, files of jobs.
final class ErasedTexts {

    private static final int EVENTS = 500;
    private static final String OLD = "old";
    private static final String NEW = "new";

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);
    private static final Field<JSONB> PAYLOAD = field(name("payload"), JSONB.class);

    private final Erasing.Tools tools;
    private final WriteTransaction tx;
    private final DSLContext sql;
    private final UUID tenant;
    private final Erasing.Erasure erasure;
    private final PersonMatch match;
    private final Map<UUID, EntityDefinition> entities = new HashMap<>();

    ErasedTexts(Erasing.Tools tools, WriteTransaction tx, Erasing.Erasure erasure, PersonMatch match) {
        this.tools = tools;
        this.tx = tx;
        this.sql = tx.sql();
        this.tenant = tx.context().tenant();
        this.erasure = erasure;
        this.match = match;
        tx.snapshot().entities().forEach(entity -> entities.put(entity.id(), entity));
    }

    /// Takes values out of the histories of records.
    ///
    /// @return how many entries have fewer values now
    long histories(List<ErasureTable.Subject> subjects) {
        Map<UUID, JsonNode> remaining = new LinkedHashMap<>();
        Set<UUID> files = new HashSet<>();
        for (ErasureTable.Subject subject : subjects) {
            EntityDefinition entity = entities.get(subject.entity());
            if (entity != null
                    && !LegalHolds.held(sql, tx.snapshot(), tenant, entity, List.of(subject.record()))
                            .isEmpty()) {
                continue;
            }
            sql.select(ID, CHANGES)
                    .from(table(name("relata", "audit")))
                    .where(TENANT.eq(tenant))
                    .and(ENTITY.eq(subject.entity()))
                    .and(RECORD.eq(subject.record()))
                    .and(field(name("action"), String.class).ne(AuditEntry.Action.ERASE.code()))
                    .orderBy(ID)
                    .forEach(row -> {
                        ArrayNode changes = (ArrayNode) StoredDocument.parse(row.value2());
                        if (stripped(changes, subject.entity(), goes(subject), files)) {
                            remaining.put(row.value1(), changes);
                        }
                    });
        }
        tools.entries().erase(sql, tx.context(), AuditEntry.PERSONS, erasure.id(), remaining);
        tools.files().erase(sql, tenant, files);
        return remaining.size();
    }

    /// What is kept by choice keeps its history too.
    private boolean goes(ErasureTable.Subject subject) {
        EntityDefinition entity = entities.get(subject.entity());
        return subject.person() && (entity == null || erasure.wish().mode(entity.name()) != ErasureWish.Mode.KEEP);
    }

    /// Takes values out of changes.
    ///
    /// @param person whether they are of the person's own record, so that all that is personal goes
    /// @param files  gets the files that the values were
    /// @return whether anything went
    private boolean stripped(JsonNode changes, UUID entityId, boolean person, Set<UUID> files) {
        EntityDefinition entity = entities.get(entityId);
        boolean any = false;
        for (JsonNode change : changes) {
            FieldDefinition known = entity == null
                    ? null
                    : entity.field(change.path("field").asText()).orElse(null);
            boolean goes = (person && (known == null || known.personal()))
                    || AuditTexts.any(change.path(OLD), match::in)
                    || AuditTexts.any(change.path(NEW), match::in);
            if (goes && change instanceof ObjectNode object && (object.has(OLD) || object.has(NEW))) {
                if (person
                        && known != null
                        && known.type().holdsFile()
                        && erasure.wish().files()) {
                    Stream.of(OLD, NEW)
                            .forEach(side -> AuditTexts.any(object.path(side), text -> {
                                UUID file = PersonWish.id(text);
                                return file != null && files.add(file);
                            }));
                }
                object.remove(List.of(OLD, NEW));
                object.put("erased", true);
                any = true;
            }
        }
        return any;
    }

    /// Takes values out of a part of the change feed.
    ///
    /// @return the last event of the part; `null` when this was the last part
    @Nullable
    UUID feed(@Nullable UUID after) {
        Table<Record> outbox = table(name("relata", "outbox"));
        List<? extends Record> rows = sql.select(ID, ENTITY, RECORD, PAYLOAD)
                .from(outbox)
                .where(TENANT.eq(tenant))
                .and(after == null ? DSL.noCondition() : ID.gt(after))
                .orderBy(ID)
                .limit(EVENTS)
                .fetch();
        Set<UUID> persons = persons(rows.stream().map(row -> row.get(RECORD)).toList());
        for (Record row : rows) {
            JsonNode payload = StoredDocument.parse(row.get(PAYLOAD));
            boolean person = persons.contains(row.get(RECORD));
            if (stripped(payload.path("changes"), row.get(ENTITY), person, new HashSet<>())) {
                sql.update(outbox)
                        .set(PAYLOAD, JSONB.valueOf(payload.toString()))
                        .where(TENANT.eq(tenant))
                        .and(ID.eq(row.get(ID)))
                        .execute();
            }
        }
        return rows.size() == EVENTS ? rows.getLast().get(ID) : null;
    }

    private Set<UUID> persons(List<UUID> records) {
        return new HashSet<>(sql.selectDistinct(PersonTable.RECORD)
                .from(PersonTable.FINDING)
                .where(PersonTable.TENANT.eq(tenant))
                .and(PersonTable.OF.eq(erasure.request()))
                .and(PersonTable.KIND.eq(PersonFinding.Kind.PERSON.code()))
                .and(PersonTable.RECORD.eq(DSL.any(records.toArray(UUID[]::new))))
                .fetch(PersonTable.RECORD));
    }

    /// A rejected row that names the person is the person's: nothing of it stays but its number and its faults.
    void rejects() {
        Table<Record> errors = table(name("relata", "job_error"));
        Field<UUID> job = field(name("job_id"), UUID.class);
        Field<Long> number = field(name("number"), Long.class);
        Field<JSONB> cells = field(name("row_values"), JSONB.class);
        Field<JSONB> faults = field(name("faults"), JSONB.class);
        sql.select(job, number, cells, faults)
                .from(errors)
                .where(TENANT.eq(tenant))
                .fetchSize(EVENTS)
                .forEach(row -> {
                    JsonNode values = StoredDocument.parse(row.value3());
                    JsonNode wrong = StoredDocument.parse(row.value4());
                    if (AuditTexts.any(values, match::in) || AuditTexts.any(wrong, match::in)) {
                        ArrayNode empty = JsonNodeFactory.instance.arrayNode();
                        values.forEach(cell -> empty.add(""));
                        wrong.forEach(
                                fault -> ((ObjectNode) fault).putNull("value").putArray("arguments"));
                        sql.update(errors)
                                .set(cells, JSONB.valueOf(empty.toString()))
                                .set(faults, JSONB.valueOf(wrong.toString()))
                                .where(TENANT.eq(tenant))
                                .and(job.eq(row.value1()))
                                .and(number.eq(row.value2()))
                                .execute();
                    }
                });
    }

    /// What people and jobs keep as texts; answers that wait for a request to be sent again; words that no record has
    /// any
    /// more; the files of jobs.
    void rest() {
        texts("job", ID, field(name("definition"), JSONB.class));
        texts("job", ID, field(name("checkpoint"), JSONB.class));
        texts("job", ID, field(name("problem"), JSONB.class));
        texts("saved_view", ID, field(name("definition"), JSONB.class));
        texts("saved_report", ID, field(name("definition"), JSONB.class));
        plain("saved_view", "name");
        plain("saved_report", "name");
        plain("access_rule", "filter");
        sql.execute("delete from relata.request_answer where tenant_id = {0}", val(tenant));
        sql.execute(
                "delete from relata.search_spelling spelt where spelt.tenant_id = {0} and not exists"
                        + " (select from relata.search_term term where term.tenant_id = {0}"
                        + " and term.term = spelt.word)",
                val(tenant));
        for (String folder : List.of("exports", "imports")) {
            jobFiles(tools.folder().resolve(tenant.toString()).resolve(folder));
        }
    }

    private void texts(String of, Field<UUID> id, Field<JSONB> document) {
        Table<Record> rows = table(name("relata", of));
        sql.select(id, document)
                .from(rows)
                .where(TENANT.eq(tenant))
                .and(document.isNotNull())
                .forEach(row -> {
                    JsonNode json = StoredDocument.parse(row.value2());
                    if (AuditTexts.any(json, match::in)) {
                        sql.update(rows)
                                .set(document, JSONB.valueOf(without(json).toString()))
                                .where(TENANT.eq(tenant))
                                .and(id.eq(row.value1()))
                                .execute();
                    }
                });
    }

    private JsonNode without(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(match.without(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> rest.set(member.getKey(), without(member.getValue())));
            return rest;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode rest = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> rest.add(without(item)));
            return rest;
        }
        return node;
    }

    private void plain(String of, String column) {
        Table<Record> rows = table(name("relata", of));
        Field<String> text = field(name(column), String.class);
        sql.select(ID, text).from(rows).where(TENANT.eq(tenant)).forEach(row -> {
            if (match.in(row.value2())) {
                sql.update(rows)
                        .set(text, match.without(row.value2()))
                        .where(TENANT.eq(tenant))
                        .and(ID.eq(row.value1()))
                        .execute();
            }
        });
    }

    /// A file of a job is asked for again, if it is still wanted.
    private void jobFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> gone = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    Charset bytes = StandardCharsets.ISO_8859_1;
                    Charset text = StandardCharsets.UTF_8;
                    if (lines.anyMatch(line -> match.in(new String(line.getBytes(bytes), text)))) {
                        gone.add(file);
                    }
                }
            }
            for (Path file : gone) {
                Files.deleteIfExists(file);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
