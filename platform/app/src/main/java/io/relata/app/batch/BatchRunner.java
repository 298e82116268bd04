package io.relata.app.batch;

import io.relata.app.identity.CurrentCall;
import io.relata.app.problem.ProblemForm;
import io.relata.app.problem.ProblemMapper;
import io.relata.app.record.RecordResource;
import io.relata.app.write.Answered;
import io.relata.app.write.IncomingWrite;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.WriteTransaction;
import io.relata.core.replay.RequestAnswers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Carries a batch out, unit by unit, each answered before the next begins.
@Dependent
class BatchRunner {

    private static final String ROOT = "/api/v1/data/";

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;
    private final OwnTransaction transactions;
    private final References references = new References();
    private final Set<String> failed = new HashSet<>();

    @Inject
    BatchRunner(CurrentCall call, Relata relata, ODataService odata, OwnTransaction transactions) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
        this.transactions = transactions;
    }

    /// Takes a unit's answers: one for each request, or a single one for a group of which none was done.
    interface Sink {

        void take(Unit unit, List<Answered> answers) throws IOException;
    }

    /// What is to be carried out.
    ///
    /// @param key             of the batch; each unit has one derived from it
    /// @param continueOnError whether to go on behind a refusal
    /// @param form            in which refusals are answered
    record Batch(List<Unit> units, RequestAnswers.@Nullable Key key, boolean continueOnError, ProblemForm form) {}

    void run(Batch batch, Sink sink) throws IOException {
        List<Unit> units = batch.units();
        // The batch itself has been counted as one.
        int parts = units.stream().mapToInt(unit -> unit.parts().size()).sum();
        if (parts > 1) {
            relata.meters().count(call.context(), parts - 1);
        }
        RequestAnswers.Key key = batch.key();
        if (key != null) {
            relata.transactions().call(call.context(), sql -> {
                relata.answers().reserve(sql, call.context(), key);
                return key;
            });
        }
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            List<Answered> answers = answers(unit, key == null ? null : key.text() + ":" + i, batch.form());
            sink.take(unit, answers);
            if (answers.getLast().status() >= 400) {
                fail(unit);
                if (!batch.continueOnError()) {
                    return;
                }
            }
        }
    }

    private void fail(Unit unit) {
        if (unit.group() != null) {
            failed.add(unit.group());
        }
        unit.parts().stream().map(Part::id).filter(id -> id != null).forEach(failed::add);
    }

    private List<Answered> answers(Unit unit, @Nullable String key, ProblemForm form) {
        try {
            requireDependencies(unit);
            List<Answered> answers =
                    unit.group() == null ? List.of(single(unit.parts().getFirst(), key)) : group(unit, key);
            for (int i = 0; i < answers.size(); i++) {
                references.add(unit.parts().get(i), answers.get(i));
            }
            return answers;
        } catch (RuntimeException refusal) {
            return List.of(Answered.of(ProblemMapper.answer(call, refusal, form)));
        }
    }

    private void requireDependencies(Unit unit) {
        for (Part part : unit.parts()) {
            for (String id : part.dependsOn()) {
                if (failed.contains(id)) {
                    throw ProblemException.of(ProblemCode.FAILED_DEPENDENCY, "batch-dependency-failed", id);
                }
            }
        }
    }

    private Answered single(Part part, @Nullable String key) {
        Part resolved = references.resolved(part);
        RecordResource resource = RecordResource.within(
                call,
                relata,
                odata,
                work -> transactions
                        .writeAll(key(key, List.of(resolved)), tx -> List.of(Answered.of(work.apply(tx))))
                        .getFirst()
                        .toResponse());
        return Answered.of(dispatch(resource, resolved));
    }

    private List<Answered> group(Unit unit, @Nullable String key) {
        if (unit.parts().stream().anyMatch(Part::reads)) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-only-writes");
        }
        return transactions.writeAll(key(key, unit.parts()), tx -> together(tx, unit));
    }

    private List<Answered> together(WriteTransaction tx, Unit unit) {
        RecordResource resource = RecordResource.within(call, relata, odata, work -> work.apply(tx));
        List<Answered> answers = new ArrayList<>();
        for (Part part : unit.parts()) {
            Answered answer = Answered.of(dispatch(resource, references.resolved(part)));
            references.add(part, answer);
            answers.add(answer);
        }
        return answers;
    }

    private Response dispatch(RecordResource resource, Part part) {
        URI uri;
        String url = part.url();
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        try {
            uri = URI.create(path.replace(" ", "%20"));
        } catch (IllegalArgumentException broken) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "query-encoding");
        }
        String raw = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean absolute = raw.startsWith("/");
        if (absolute && !raw.startsWith(ROOT)) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-not-here");
        }
        return Dispatcher.dispatch(
                resource,
                part,
                absolute ? raw.substring(ROOT.length()) : raw,
                question < 0 ? null : url.substring(question + 1));
    }

    private static RequestAnswers.@Nullable Key key(@Nullable String text, List<Part> parts) {
        if (text == null) {
            return null;
        }
        StringBuilder head = new StringBuilder();
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        for (Part part : parts) {
            head.append(part.method()).append('\n').append(part.url()).append('\n');
            new TreeMap<>(part.headers())
                    .forEach((name, value) -> head.append(name).append(value).append('\n'));
            bodies.writeBytes(part.body());
        }
        return new RequestAnswers.Key(text, IncomingWrite.fingerprint(head.toString(), bodies.toByteArray()));
    }
}
