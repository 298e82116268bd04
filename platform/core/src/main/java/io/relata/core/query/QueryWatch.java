package io.relata.core.query;

import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.Collection;

/// Is told of the queries that were run.
@FunctionalInterface
public interface QueryWatch {

    /// Does not watch.
    QueryWatch NONE = (context, uses, records, time) -> {};

    /// Called after each query, outside its transaction; quick, and without an exception.
    ///
    /// @param uses    the fields by which it looked for records, ordered or grouped them
    /// @param records how many rows it gave
    void ran(CallContext context, Collection<FieldUse> uses, long records, Duration time);
}
