package io.relata.app.write;

import io.relata.core.record.WriteTransaction;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/// In which transaction a request writes: its own, or one that it shares with other requests.
@FunctionalInterface
public interface Writes {

    /// Does the request's work. Any exception leaves nothing behind of the whole transaction.
    Response write(Function<WriteTransaction, Response> work);
}
