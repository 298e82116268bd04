package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What one batch has done.
///
/// @param counts     of this batch alone
/// @param checkpoint where the next batch begins
public record JobStep(JobCounts counts, List<JobError> errors, JsonNode checkpoint) {

    public JobStep {
        errors = List.copyOf(errors);
    }
}
