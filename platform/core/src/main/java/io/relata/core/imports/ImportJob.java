package io.relata.core.imports;

import io.relata.core.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An import as its tenant sees it.
///
/// @param entity  the name of the entity the rows become records of
/// @param header  the file's columns
/// @param total   the number of rows in the file
/// @param problem why it failed; `null` unless it did
public record ImportJob(
        UUID id,
        String entity,
        String fileName,
        List<String> header,
        Job.State state,
        @Nullable Long total,
        ImportCounts counts,
        Job.@Nullable Failure problem,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    public ImportJob {
        header = List.copyOf(header);
    }

    static ImportJob of(Job job) {
        List<String> header = new ArrayList<>();
        job.definition().path("header").forEach(column -> header.add(column.asText()));
        return new ImportJob(
                job.id(),
                job.entity(),
                job.definition().path("fileName").asText(),
                header,
                job.state(),
                job.total(),
                ImportCounts.of(job.counts()),
                job.problem(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }
}
