package io.relata.core.job;

import java.io.IOException;

/// A sort of work that jobs can be. One instance serves all tenants and threads.
public interface JobKind {

    /// Returns the kind's name, under which jobs of it are stored.
    String code();

    /// Takes up a job behind what [JobClaim#progress] says has been done.
    ///
    /// @throws ProblemException when it cannot be done any more; the job fails with the reason
    JobTask open(JobClaim claim) throws IOException;

    /// Clears away what a job needed that has ended. Called after its end was committed; never when the process died
    /// in between.
    void ended(JobClaim claim, Job.State state);
}
