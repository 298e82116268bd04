package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordWriter;
import io.relata.spi.CallContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that erase a person: the values in records, then files, then what the audit trail, the change feed and the rest
/// keep of the values. Each portion is a transaction, and all of it can be done once more.
public final class EraseKind implements JobKind {

    public static final String CODE = "erase-person";

    static final String ERASURE = "erasure";

    private static final int RECORDS = 50;
    private static final int HISTORIES = 20;
    private static final Set<Kind> OWN = EnumSet.of(Kind.PERSON, Kind.MENTION);

    private final MetadataService metadata;
    private final RecordWriter writer;
    private final Erasing.Tools tools;

    public EraseKind(MetadataService metadata, RecordWriter writer, Erasing.Tools tools) {
        this.metadata = metadata;
        this.writer = writer;
        this.tools = tools;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim, metadata.snapshot(claim.tenant()));
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but the proof.
    }

    /// What is done one after the other.
    private enum Phase {
        RECORDS,
        FILES,
        HISTORIES,
        FEED,
        REJECTS,
        REST,
        END;

        Phase next() {
            List<Phase> all = List.of(values());
            return all.get(all.indexOf(this) + 1);
        }
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final MetadataSnapshot snapshot;
        private final CallContext platform;

        Task(JobClaim claim, MetadataSnapshot snapshot) {
            this.claim = claim;
            this.snapshot = snapshot;
            CallContext asking = claim.context();
            // Whoever looks after privacy need not be allowed to write each record otherwise.
            this.platform = new CallContext(
                    asking.tenant(),
                    asking.user(),
                    Set.of(CallContext.ADMINISTRATOR),
                    asking.locale(),
                    asking.zone(),
                    asking.currency(),
                    asking.requestId(),
                    asking.origin());
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            Phase phase = Phase.valueOf(before.checkpoint().path("phase").asText(Phase.RECORDS.name()));
            return phase == Phase.END
                    ? Optional.empty()
                    : Optional.of(sql -> writer.within(
                            sql,
                            platform,
                            snapshot,
                            tx -> run(sql, new Erasing(tools, tx, erasure(sql)), phase, before)));
        }

        private Erasing.Erasure erasure(DSLContext sql) {
            CallerAccess.of(sql, claim.context()).requirePrivacy();
            UUID id = UUID.fromString(claim.definition().path(ERASURE).asText());
            return ErasureTable.find(sql, claim.tenant(), id).orElseThrow(ProblemException::notFound);
        }

        private JobStep run(DSLContext sql, Erasing erasing, Phase phase, JobProgress before) {
            JsonNode checkpoint = before.checkpoint();
            ObjectNode next = checkpoint.isObject() ? checkpoint.deepCopy() : JsonNodeFactory.instance.objectNode();
            next.put("phase", phase.name());
            UUID request = erasing.erasure().request();
            PersonFinding after = FindingPlace.read(checkpoint.path("after"));
            long done = 0;
            boolean more = false;
            switch (phase) {
                case RECORDS -> {
                    List<PersonFinding> page = PersonTable.page(sql, claim.tenant(), request, OWN, after, RECORDS);
                    erasing.records(page);
                    more = goesOn(next, page, RECORDS);
                    done = page.size();
                }
                case FILES -> {
                    List<PersonFinding> page =
                            PersonTable.page(sql, claim.tenant(), request, EnumSet.of(Kind.FILE), after, RECORDS);
                    erasing.files(page);
                    more = goesOn(next, page, RECORDS);
                    done = page.size();
                }
                case HISTORIES -> {
                    List<ErasureTable.Subject> subjects = ErasureTable.subjects(
                            sql, claim.tenant(), request, subject(checkpoint.path("subject")), HISTORIES);
                    long entries = erasing.histories(subjects);
                    next.put("entries", checkpoint.path("entries").asLong() + entries);
                    more = subjects.size() == HISTORIES;
                    if (more) {
                        ObjectNode place = next.putObject("subject");
                        place.put("entity", subjects.getLast().entity().toString());
                        place.put("record", subjects.getLast().record().toString());
                    }
                    done = entries;
                }
                case FEED -> {
                    UUID last =
                            erasing.feed(PersonWish.id(checkpoint.path("event").asText("")));
                    more = last != null;
                    next.put("event", last == null ? "" : last.toString());
                }
                case REJECTS -> erasing.rejects();
                case REST -> erasing.rest();
                case END -> throw new IllegalStateException("Nothing comes behind the end");
            }
            if (!more) {
                next.remove(List.of("after", "subject", "event"));
                next.put("phase", phase.next().name());
            }
            if (phase == Phase.REST) {
                erasing.finish(next.path("entries").asLong());
            }
            return new JobStep(new JobCounts(done, 0, 0, 0, 0, 0, 0), List.of(), next);
        }

        private static boolean goesOn(ObjectNode next, List<PersonFinding> page, int most) {
            if (page.size() == most) {
                next.set("after", FindingPlace.write(page.getLast()));
            }
            return page.size() == most;
        }

        private static ErasureTable.@Nullable Subject subject(JsonNode place) {
            return place.isMissingNode()
                    ? null
                    : new ErasureTable.Subject(
                            UUID.fromString(place.path("entity").asText()),
                            UUID.fromString(place.path("record").asText()),
                            false);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
