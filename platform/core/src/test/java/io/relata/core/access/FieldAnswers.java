package io.relata.core.access;

import static io.relata.core.access.FieldWorld.PERSONS;

import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.BulkCall;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportService;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.job.Job;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataBody;
import io.relata.core.odata.ODataFormat;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.AlternateKey;
import io.relata.core.record.DeepCreation;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.WriteTransaction;
import io.relata.core.search.GlobalSearch;
import io.relata.core.view.KeptInput;
import io.relata.core.view.ViewInput;
import io.relata.spi.CallContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers requests in a tenant as the API does, with all that must differ between two tenants taken out: ids stand for
/// what they name.
final class FieldAnswers {

    static final String REFUSED = "refused ";

    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern PLACES = Pattern.compile("skiptoken=[^\"&]+");
    private static final Pattern NAMED = Pattern.compile("\\{r(\\d+)}");

    private final FieldWorld world;
    private final TestEngine engine;
    private final TestJobs jobs;
    private final CallContext call;

    FieldAnswers(FieldWorld world) {
        this.world = world;
        this.engine = world.engine();
        this.jobs = world.jobs();
        this.call = world.clerk();
    }

    String to(FieldRequests.Request request) {
        try {
            return plain(answer(request.kind(), named(request.about()), named(request.text())));
        } catch (ProblemException problem) {
            return plain(REFUSED + told(problem));
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String answer(FieldRequests.Kind kind, String about, String text) throws IOException, SQLException {
        return switch (kind) {
            case LIST -> text(jobs.odata().list(call, about, FieldSecurityTest.encoded(text)));
            case GET ->
                text(jobs.odata()
                        .get(call, PERSONS, UUID.fromString(about), FieldSecurityTest.encoded(text))
                        .body());
            case COUNT -> String.valueOf(jobs.odata().count(call, about, FieldSecurityTest.encoded(text)));
            case SEARCH ->
                String.valueOf(world
                        .search()
                        .search(
                                call,
                                new GlobalSearch.Wish(text, about.isEmpty() ? List.of() : List.of(about), 9, null))
                        .groups()
                        .stream()
                        .map(group ->
                                group.entity().name() + group.count() + group.exact() + group.hits() + group.next())
                        .toList());
            case HISTORY -> String.valueOf(engine.relata().history().of(call, "c_person", UUID.fromString(about)));
            case FEED ->
                String.valueOf(engine.relata()
                        .feed()
                        .read(call, jobs.odata().entity(call, about), null, 1_000)
                        .events());
            case EXPORT -> exported(about, text);
            case UPDATE -> saved(tx -> target(about), RecordInput.Rest.KEPT, text);
            case REPLACE -> saved(tx -> target(about), RecordInput.Rest.RESET, text);
            case UPSERT -> saved(tx -> key(tx, about), RecordInput.Rest.KEPT, "c_name=Upserted&" + text);
            case CREATE -> created(text);
            case BULK -> bulk(about, text);
            case IMPORT -> imported(about, text);
            case VIEW -> view(about, text);
            case MODEL -> model();
        };
    }

    private String exported(String set, String query) throws IOException, SQLException {
        ExportService.Checked checked =
                jobs.work().exports().check(call, set, FieldSecurityTest.encoded(query), ExportForm.RAW);
        Job job = jobs.run(
                call,
                engine.relata()
                        .writer()
                        .transaction(call, tx -> jobs.work().exports().submit(tx, checked)));
        return job.counts() + Files.readString(jobs.work().exports().file(call, job.id()));
    }

    private String saved(Function<WriteTransaction, RecordTarget> target, RecordInput.Rest rest, String body) {
        return engine.relata().writer().transaction(call, tx -> {
            EntityDefinition entity = tx.entityOfSet(PERSONS);
            RecordInput input = new RecordInput(target.apply(tx), values(body), rest, Form.JSON);
            var saved = engine.relata().writer().save(tx, entity, input);
            return saved.outcome()
                    + text(jobs.odata()
                            .found(tx, saved.data(), ODataFormat.USUAL)
                            .body());
        });
    }

    private static RecordTarget target(String id) {
        return RecordTarget.of(UUID.fromString(id), null);
    }

    private static RecordTarget key(WriteTransaction tx, String key) {
        List<Violation> violations = new ArrayList<>();
        String[] parts = key.split("=", 2);
        return AlternateKey.read(tx.entityOfSet(PERSONS), parts[0], parts[1], Form.JSON, violations)
                .map(read -> RecordTarget.of(read, RecordTarget.Existence.OPEN, null))
                .orElseThrow(() -> ProblemException.invalid(violations));
    }

    private String created(String body) {
        return engine.relata().writer().transaction(call, tx -> {
            DeepCreation.Created created =
                    DeepCreation.create(engine.relata().writer(), tx, tx.entityOfSet(PERSONS), values(body));
            return text(jobs.odata().found(tx, created, ODataFormat.USUAL).body());
        });
    }

    private String bulk(String id, String body) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("op", "update");
        item.put("id", id);
        item.put("values", values(body));
        return engine.relata().writer().transaction(call, tx -> {
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entityOfSet(PERSONS));
            bulk.add(item);
            return String.valueOf(bulk.finish(false).results().stream()
                    .map(result -> result.toString().replaceAll("RecordData\\[.*", ""))
                    .toList());
        });
    }

    private String imported(String key, String field) throws IOException, SQLException {
        String mapping = "{'entity':'c_person','key':'" + key + "','columns':[{'column':'k','field':'" + key
                + "'},{'column':'v','field':'" + field + "'},{'column':'n','field':'c_name'}]}";
        byte[] rows = "k,v,n\nC3,30,Imported\nB4,31,Other\nPerson D,7,Third\n".getBytes(StandardCharsets.UTF_8);
        UUID id;
        try (ImportUpload upload = jobs.work().imports().receive(call, new ByteArrayInputStream(rows))) {
            ImportService.Checked checked =
                    jobs.work().imports().check(call, upload, "file.csv", FieldWorld.json(mapping));
            id = engine.relata()
                    .writer()
                    .transaction(call, tx -> jobs.work().imports().submit(tx, checked))
                    .id();
        }
        jobs.run(call, jobs.work().jobs().find(call, id, null));
        return jobs.work().imports().find(call, id).counts()
                + jobs.work().imports().rejects(call, id, 0, 50).toString();
    }

    private String view(String field, String filter) {
        String definition = "{'name':'Mine','shared':false,'definition':{'kind':'list','columns':['" + field + "']}}";
        EntityDefinition entity = jobs.odata().entity(call, PERSONS);
        KeptInput input = ViewInput.read(FieldWorld.json(definition), entity, true);
        jobs.odata().selection(call, PERSONS, filter);
        return String.valueOf(input.name());
    }

    private String model() {
        return new String(jobs.odata().metadataXml(call), StandardCharsets.UTF_8)
                + engine.relata().seen(call).entities().stream()
                        .map(EntityDefinition::fields)
                        .toList();
    }

    private Map<String, @Nullable Object> values(String body) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String member : body.split("&", -1)) {
            if (member.isEmpty()) {
                continue;
            }
            String[] parts = member.split("=", 2);
            boolean number = parts[0].equals("c_age") || parts[0].equals("c_salary");
            values.put(parts[0], number ? (Object) Long.valueOf(parts[1]) : parts[1]);
        }
        return values;
    }

    private static String text(ODataBody body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            body.writeTo(out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String told(ProblemException problem) {
        return problem.code() + " " + problem.detail() + " " + problem.arguments() + " " + problem.violations()
                + problem.extras().keySet();
    }

    private String named(String text) {
        return NAMED.matcher(text)
                .replaceAll(found ->
                        world.ids().get(Integer.parseInt(found.group(1))).toString());
    }

    private String plain(String text) {
        String ids = UUIDS.matcher(text)
                .replaceAll(found -> Objects.requireNonNullElse(world.label(UUID.fromString(found.group())), "new"));
        return PLACES.matcher(ids).replaceAll("skiptoken=");
    }
}
