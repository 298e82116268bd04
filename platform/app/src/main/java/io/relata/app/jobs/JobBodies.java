package io.relata.app.jobs;

import io.relata.core.export.ExportService;
import io.relata.core.job.Fault;
import io.relata.core.job.Job;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobError;
import io.relata.core.problem.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the API says about jobs.
public final class JobBodies {

    private JobBodies() {}

    static Map<String, Object> job(Job job, ExportService exports, Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", job.id().toString());
        body.put("kind", job.kind());
        body.put("entity", job.entity());
        for (String member : List.of("set", "filter", "values", "query", "fileName", "change")) {
            if (job.definition().has(member)) {
                body.put(member, job.definition().get(member));
            }
        }
        body.put("state", job.state().code());
        put(body, "total", job.total());
        counts(body, job.counts());
        put(body, "createdAt", text(job.createdAt()));
        put(body, "startedAt", text(job.startedAt()));
        put(body, "finishedAt", text(job.finishedAt()));
        exports.expires(job).ifPresent(expires -> {
            body.put("file", "/api/v1/jobs/" + job.id() + "/file");
            body.put("expiresAt", expires.toString());
        });
        Job.Failure failure = job.problem();
        if (failure != null) {
            body.put("problem", problem(failure, locale));
        }
        return body;
    }

    /// Returns what the API says about a failure.
    public static Map<String, Object> problem(Job.Failure failure, Locale locale) {
        return Map.of(
                "code", failure.code(),
                "title", Messages.text(locale, "job.failed", List.of()),
                "detail", Messages.text(locale, failure.code(), failure.arguments()));
    }

    private static void counts(Map<String, Object> body, JobCounts counts) {
        body.put("processed", counts.processed());
        body.put("created", counts.created());
        body.put("updated", counts.updated());
        body.put("unchanged", counts.unchanged());
        body.put("deleted", counts.deleted());
        body.put("restored", counts.restored());
        body.put("rejected", counts.rejected());
    }

    static Map<String, Object> errors(List<JobError> page, boolean more, Locale locale) {
        List<Map<String, Object>> value = new ArrayList<>();
        for (JobError error : page) {
            error.faults().forEach(fault -> value.add(fault(error, fault, locale)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", value);
        put(body, "next", more ? page.getLast().number() : null);
        return body;
    }

    private static Map<String, Object> fault(JobError error, Fault fault, Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", error.number());
        put(body, "line", error.line());
        put(body, "id", error.recordId() == null ? null : error.recordId().toString());
        put(body, "column", fault.column());
        put(body, "field", fault.field());
        put(body, "value", fault.value());
        body.put("code", fault.code());
        body.put("message", Messages.text(locale, fault.code(), fault.arguments()));
        return body;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
