package io.relata.app.write;

import io.relata.app.identity.CurrentCall;
import io.relata.core.Relata;
import io.relata.core.record.WriteTransaction;
import io.relata.core.replay.RequestAnswers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Requests that are committed when they have been answered. One with an `Idempotency-Key` is carried out once: the
/// answer is kept in the same transaction and given again to who sends the same.
@Dependent
public class OwnTransaction implements Writes {

    private final CurrentCall call;
    private final Relata relata;
    private final IncomingWrite incoming;

    @Inject
    public OwnTransaction(CurrentCall call, Relata relata, IncomingWrite incoming) {
        this.call = call;
        this.relata = relata;
        this.incoming = incoming;
    }

    @Override
    public Response write(Function<WriteTransaction, Response> work) {
        return write(incoming.key(), work);
    }

    /// Does the work of a request.
    ///
    /// @param key under which the answer is kept; `null` when it is not
    public Response write(RequestAnswers.@Nullable Key key, Function<WriteTransaction, Response> work) {
        return key == null
                ? relata.writer().transaction(call.context(), work)
                : writeAll(key, tx -> List.of(Answered.of(work.apply(tx))))
                        .getFirst()
                        .toResponse();
    }

    /// Does the work of one or several requests in one transaction.
    ///
    /// @param key under which the answers are kept; `null` when they are not
    public List<Answered> writeAll(RequestAnswers.@Nullable Key key, Function<WriteTransaction, List<Answered>> work) {
        if (key == null) {
            return relata.writer().transaction(call.context(), work);
        }
        return relata.writer().transaction(call.context(), tx -> {
            Optional<byte[]> earlier = relata.answers().begin(tx.sql(), tx.context(), key);
            if (earlier.isPresent()) {
                return Answered.unpacked(earlier.get());
            }
            List<Answered> answers = work.apply(tx);
            relata.answers().end(tx.sql(), tx.context(), key, Answered.packed(answers));
            return answers;
        });
    }
}
