package io.relata.core.imports;

import io.relata.core.job.JobCounts;

/// How many rows have been done, and with what result.
public record ImportCounts(long processed, long created, long updated, long unchanged, long rejected) {

    static ImportCounts of(JobCounts counts) {
        return new ImportCounts(
                counts.processed(), counts.created(), counts.updated(), counts.unchanged(), counts.rejected());
    }

    JobCounts toJob() {
        return new JobCounts(processed, created, updated, unchanged, 0, 0, rejected);
    }
}
