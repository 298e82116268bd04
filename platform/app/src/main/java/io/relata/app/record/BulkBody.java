package io.relata.app.record;

import io.relata.app.json.JsonBodyWriter;
import io.relata.app.problem.Problem;
import io.relata.core.bulk.BulkReport;
import io.relata.core.bulk.BulkReport.Done;
import io.relata.core.bulk.BulkReport.Refused;
import io.relata.core.record.RecordResult.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// What a bulk call answers: counts, and what became of each item.
final class BulkBody {

    private BulkBody() {}

    static String text(BulkReport report, Locale locale, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("created", report.count(Outcome.CREATED));
        body.put("updated", report.count(Outcome.UPDATED));
        body.put("unchanged", report.count(Outcome.UNCHANGED));
        body.put("deleted", report.count(Outcome.DELETED));
        body.put("rejected", report.refused());
        List<BulkReport.Result> results = report.results();
        body.put(
                "value",
                IntStream.range(0, results.size())
                        .mapToObj(index -> result(index, results.get(index), locale, requestId))
                        .toList());
        return JsonBodyWriter.text(body);
    }

    private static Map<String, Object> result(int index, BulkReport.Result result, Locale locale, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("index", index);
        switch (result) {
            case Done done -> {
                body.put("status", done.outcome() == Outcome.CREATED ? 201 : 200);
                body.put("outcome", done.outcome().name().toLowerCase(Locale.ROOT));
                body.put("id", done.id().toString());
                body.put("version", done.version());
            }
            case Refused refused -> {
                Problem problem = Problem.of(refused.problem(), locale, requestId);
                body.put("status", problem.status());
                body.put("problem", problem.body());
            }
        }
        return body;
    }
}
