package io.relata.app.record;

import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.Conflicts;
import io.relata.core.record.RecordData;
import io.relata.core.record.WriteTransaction;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Shows who lost a race the record as it is now, in the form in which records are shown.
final class Conflict {

    private Conflict() {}

    static Response shown(ODataService odata, WriteTransaction tx, Function<WriteTransaction, Response> work) {
        try {
            return work.apply(tx);
        } catch (ProblemException refusal) {
            throw shown(odata, tx, refusal);
        }
    }

    private static ProblemException shown(ODataService odata, WriteTransaction tx, ProblemException refusal) {
        if (refusal.code() != ProblemCode.CONFLICT
                || !(refusal.extras().get(Conflicts.CURRENT) instanceof RecordData record)) {
            return refusal;
        }
        Map<String, Object> extras = new LinkedHashMap<>(refusal.extras());
        extras.put(Conflicts.CURRENT, odata.properties(tx, record));
        return new ProblemException(
                refusal.code(), refusal.detail(), refusal.arguments(), refusal.violations(), extras);
    }
}
