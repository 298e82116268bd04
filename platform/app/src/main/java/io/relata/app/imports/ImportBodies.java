package io.relata.app.imports;

import io.relata.app.jobs.JobBodies;
import io.relata.core.imports.ImportJob;
import io.relata.core.imports.ImportPreview;
import io.relata.core.imports.ImportReject;
import io.relata.core.job.Fault;
import io.relata.core.job.Job;
import io.relata.core.problem.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the API says about imports.
final class ImportBodies {

    private ImportBodies() {}

    static Map<String, Object> job(ImportJob job, Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", job.id().toString());
        body.put("entity", job.entity());
        body.put("fileName", job.fileName());
        body.put("state", job.state().code());
        put(body, "total", job.total());
        body.put("processed", job.counts().processed());
        body.put("created", job.counts().created());
        body.put("updated", job.counts().updated());
        body.put("unchanged", job.counts().unchanged());
        body.put("rejected", job.counts().rejected());
        body.put("createdAt", job.createdAt().toString());
        put(body, "startedAt", job.startedAt() == null ? null : job.startedAt().toString());
        put(
                body,
                "finishedAt",
                job.finishedAt() == null ? null : job.finishedAt().toString());
        Job.Failure failure = job.problem();
        if (failure != null) {
            body.put("problem", JobBodies.problem(failure, locale));
        }
        return body;
    }

    static Map<String, Object> rejects(List<ImportReject> page, boolean more, Locale locale) {
        List<Map<String, Object>> value = new ArrayList<>();
        for (ImportReject reject : page) {
            reject.faults().forEach(fault -> value.add(fault(reject, fault, locale)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", value);
        put(body, "next", more ? page.getLast().rowNumber() : null);
        return body;
    }

    private static Map<String, Object> fault(ImportReject reject, Fault fault, Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("row", reject.rowNumber());
        body.put("line", reject.line());
        put(body, "column", fault.column());
        put(body, "field", fault.field());
        put(body, "value", fault.value());
        body.put("code", fault.code());
        body.put("message", Messages.text(locale, fault.code(), fault.arguments()));
        return body;
    }

    static Map<String, Object> preview(ImportPreview preview) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("encoding", preview.encoding());
        body.put("delimiter", preview.delimiter());
        body.put("columns", preview.columns().stream().map(ImportBodies::column).toList());
        body.put("rows", preview.rows());
        body.put("mapping", preview.mapping());
        return body;
    }

    private static Map<String, Object> column(ImportPreview.Column column) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("column", column.column());
        body.put("samples", column.samples());
        put(body, "field", column.field());
        put(body, "match", column.match());
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
