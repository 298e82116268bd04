package io.relata.app.record;

import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/// Shows who lost a race the record as it is now, in the form in which records are shown.
final class Conflict {

    private static final String CURRENT = "current";

    private Conflict() {}

    static Response shown(ODataService odata, CallContext context, Supplier<Response> change) {
        try {
            return change.get();
        } catch (ProblemException refusal) {
            if (refusal.code() == ProblemCode.CONFLICT && refusal.extras().get(CURRENT) instanceof RecordData record) {
                throw new ProblemException(
                        refusal.code(),
                        refusal.detail(),
                        refusal.arguments(),
                        refusal.violations(),
                        Map.of(CURRENT, odata.properties(context, record)));
            }
            throw refusal;
        }
    }
}
