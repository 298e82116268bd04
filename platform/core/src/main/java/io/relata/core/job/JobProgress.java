package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;

/// How far a job has come.
///
/// @param checkpoint in the form of the job's kind; JSON's null before the first batch
public record JobProgress(JobCounts counts, JsonNode checkpoint) {

    JobProgress plus(JobStep step) {
        return new JobProgress(counts.plus(step.counts()), step.checkpoint());
    }
}
