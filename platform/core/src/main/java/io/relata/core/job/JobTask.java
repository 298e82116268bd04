package io.relata.core.job;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jooq.DSLContext;

/// A job being worked on during one turn. Used by one thread.
public interface JobTask extends Closeable {

    /// Returns what is to be done next; empty when everything has been.
    Optional<Batch> next(JobProgress before) throws IOException;

    /// A part of a job that is done in one transaction, together with its checkpoint. It takes far less time than
    /// [JobTurns#LEASE].
    @FunctionalInterface
    interface Batch {

        JobStep run(DSLContext sql);
    }
}
