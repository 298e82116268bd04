package io.relata.core.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.consent.RecordConsents;
import io.relata.core.file.FileService;
import io.relata.core.file.FileTable;
import io.relata.core.file.StoredFile;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.core.sql.StoredDocument;
import io.relata.core.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// Jobs that put together what was found of a person: portions of it are collected as lines of JSON, and packed at the
/// end. Of the person's own records there is everything; of others what is personal in them and what ties them.
public final class PackageKind implements JobKind {

    public static final String CODE = "pack-person";

    static final String LANGUAGE = "language";

    private static final int BATCH = 200;
    private static final int MOST_ENTRIES = 2_000;
    private static final Set<Kind> KINDS = EnumSet.allOf(Kind.class);

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);

    private final MetadataService metadata;
    private final FileService files;
    private final Vault vault;
    private final PersonFiles folder;

    /// @param folder the folder with a folder for each tenant
    public PackageKind(MetadataService metadata, FileService files, Vault vault, Path folder) {
        this.metadata = metadata;
        this.files = files;
        this.vault = vault;
        this.folder = new PersonFiles(folder);
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) throws IOException {
        Task task = new Task(claim, metadata.snapshot(claim.tenant()));
        Path part = folder.collected(claim.tenant(), task.request);
        Files.createDirectories(part.getParent());
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.truncate(claim.progress().checkpoint().path("length").asLong(0));
        }
        return task;
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        UUID request = request(claim);
        if (state != Job.State.DONE) {
            folder.delete(claim.tenant(), request);
        }
    }

    private static UUID request(JobClaim claim) {
        return UUID.fromString(claim.definition().path(FindKind.REQUEST).asText());
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final UUID request;
        private final Map<UUID, EntityDefinition> entities = new LinkedHashMap<>();

        Task(JobClaim claim, MetadataSnapshot snapshot) {
            this.claim = claim;
            this.request = request(claim);
            snapshot.entities().forEach(entity -> entities.put(entity.id(), entity));
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            if (before.checkpoint().path("packed").asBoolean()) {
                return Optional.empty();
            }
            return Optional.of(
                    before.checkpoint().path("collected").asBoolean() ? this::pack : sql -> collect(sql, before));
        }

        private JobStep collect(DSLContext sql, JobProgress before) {
            CallerAccess.of(sql, claim.context()).requirePrivacy();
            PersonFinding after = FindingPlace.read(before.checkpoint().path("after"));
            List<PersonFinding> page = PersonTable.page(sql, claim.tenant(), request, KINDS, after, BATCH);
            List<ObjectNode> lines = new ArrayList<>(records(sql, page));
            for (PersonFinding finding : page) {
                if (finding.kind() == Kind.AUDIT) {
                    lines.addAll(entries(sql, finding));
                }
            }
            lines.addAll(consents(sql, page));
            lines.addAll(filesOf(sql, page));
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode();
            checkpoint.put("length", before.checkpoint().path("length").asLong(0) + append(lines));
            if (page.size() == BATCH) {
                checkpoint.set("after", FindingPlace.write(page.getLast()));
            } else {
                checkpoint.put("collected", true);
            }
            return new JobStep(new JobCounts(page.size(), 0, 0, 0, 0, 0, 0), List.of(), checkpoint);
        }

        private List<ObjectNode> records(DSLContext sql, List<PersonFinding> page) {
            Map<EntityDefinition, Map<UUID, Kind>> wanted = new LinkedHashMap<>();
            for (PersonFinding finding : page) {
                EntityDefinition entity = entities.get(finding.entity());
                if (entity != null && finding.kind() != Kind.AUDIT && finding.kind() != Kind.FILE) {
                    wanted.computeIfAbsent(entity, unknown -> new LinkedHashMap<>())
                            .put(finding.record(), finding.kind());
                }
            }
            List<ObjectNode> lines = new ArrayList<>();
            PersonRecords reader = new PersonRecords(sql, claim.tenant(), vault);
            wanted.forEach((entity, kinds) -> {
                List<FieldDefinition> stored = entity.fields().stream()
                        .filter(field -> !field.virtual())
                        .toList();
                for (RecordData record : reader.all(entity, stored, List.copyOf(kinds.keySet()))) {
                    lines.add(record(entity, record, kinds.get(record.id())));
                }
            });
            return lines;
        }

        private static ObjectNode record(EntityDefinition entity, RecordData record, @Nullable Kind kind) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("is", "record")
                    .put("found", kind == null ? "" : kind.code())
                    .put("entity", entity.name())
                    .put("id", record.id().toString())
                    .put("createdAt", record.createdAt().toString())
                    .put("updatedAt", record.updatedAt().toString());
            ObjectNode values = line.putObject("values");
            for (FieldDefinition field : entity.fields()) {
                Object value = field.virtual() ? null : record.value(field.name());
                boolean told =
                        kind == Kind.PERSON || field.personal() || field.type().isLookup();
                if (value != null && (told || field.name().equals(entity.nameField()))) {
                    values.set(field.name(), Secrecy.open(value));
                }
            }
            return line;
        }

        private List<ObjectNode> entries(DSLContext sql, PersonFinding finding) {
            EntityDefinition entity = entities.get(finding.entity());
            List<ObjectNode> lines = new ArrayList<>();
            sql.select(
                            field(name("at"), OffsetDateTime.class),
                            field(name("action"), String.class),
                            field(name("origin"), String.class),
                            field(name("changes"), JSONB.class))
                    .from(table(name("relata", "audit")))
                    .where(TENANT.eq(claim.tenant()))
                    .and(field(name("entity_id"), UUID.class).eq(finding.entity()))
                    .and(field(name("record_id"), UUID.class).eq(finding.record()))
                    .orderBy(field(name("id")))
                    .limit(MOST_ENTRIES)
                    .forEach(row -> {
                        ObjectNode line = JsonNodeFactory.instance.objectNode();
                        line.put("is", "entry")
                                .put("entity", entity == null ? "" : entity.name())
                                .put("id", finding.record().toString())
                                .put("at", row.value1().toInstant().toString())
                                .put("action", row.value2())
                                .put("origin", row.value3());
                        line.set("changes", Secrecy.masked(entity, (ArrayNode) StoredDocument.parse(row.value4())));
                        lines.add(line);
                    });
            return lines;
        }

        private List<ObjectNode> consents(DSLContext sql, List<PersonFinding> page) {
            Map<EntityDefinition, Set<UUID>> persons = new LinkedHashMap<>();
            for (PersonFinding finding : page) {
                EntityDefinition entity = entities.get(finding.entity());
                if (entity != null && finding.kind() == Kind.PERSON) {
                    persons.computeIfAbsent(entity, unknown -> new LinkedHashSet<>())
                            .add(finding.record());
                }
            }
            List<ObjectNode> lines = new ArrayList<>();
            persons.forEach((entity, ids) -> lines.addAll(RecordConsents.handedOut(sql, claim.tenant(), entity, ids)));
            return lines;
        }

        private List<ObjectNode> filesOf(DSLContext sql, List<PersonFinding> page) {
            List<PersonFinding> found =
                    page.stream().filter(one -> one.kind() == Kind.FILE).toList();
            List<UUID> ids = found.stream()
                    .flatMap(one -> Optional.ofNullable(one.file()).stream())
                    .toList();
            Map<UUID, StoredFile> known = FileTable.held(sql, claim.tenant(), ids);
            List<ObjectNode> lines = new ArrayList<>();
            for (PersonFinding one : found) {
                StoredFile file = one.file() == null ? null : known.get(one.file());
                EntityDefinition entity = entities.get(one.entity());
                if (file != null) {
                    lines.add(JsonNodeFactory.instance
                            .objectNode()
                            .put("is", "file")
                            .put("entity", entity == null ? "" : entity.name())
                            .put("record", one.record().toString())
                            .put("field", one.field())
                            .put("file", file.id().toString())
                            .put("name", file.name()));
                }
            }
            return lines;
        }

        private long append(List<ObjectNode> lines) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line).append('\n'));
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                Files.write(
                        folder.collected(claim.tenant(), request),
                        bytes,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.SYNC);
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
            return bytes.length;
        }

        private JobStep pack(DSLContext sql) {
            CallerAccess.of(sql, claim.context()).requirePrivacy();
            PersonWish wish = PersonTable.wish(sql, claim.tenant(), request).orElseThrow(ProblemException::notFound);
            Path part = folder.collected(claim.tenant(), request);
            try {
                new PersonPackage(
                                metadata.snapshot(claim.tenant()),
                                files,
                                claim.context(),
                                Locale.forLanguageTag(
                                        claim.definition().path(LANGUAGE).asText("en")))
                        .write(
                                wish,
                                part,
                                folder.packed(claim.tenant(), request),
                                id -> FileTable.held(sql, claim.tenant(), List.of(id))
                                        .get(id));
                Files.deleteIfExists(part);
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode().put("packed", true);
            return new JobStep(JobCounts.NONE, List.of(), checkpoint);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
