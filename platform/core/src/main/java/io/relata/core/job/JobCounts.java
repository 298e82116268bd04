package io.relata.core.job;

import io.relata.core.record.RecordResult;
import java.util.Collection;

/// How many rows or records have been done, and with what result.
public record JobCounts(
        long processed, long created, long updated, long unchanged, long deleted, long restored, long rejected) {

    public static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0, 0);

    /// Counts results.
    public static JobCounts of(Collection<RecordResult> results) {
        JobCounts counts = NONE;
        for (RecordResult result : results) {
            counts = counts.plus(
                    switch (result) {
                        case RecordResult.Rejected rejected -> new JobCounts(1, 0, 0, 0, 0, 0, 1);
                        case RecordResult.Saved saved ->
                            switch (saved.outcome()) {
                                case CREATED -> new JobCounts(1, 1, 0, 0, 0, 0, 0);
                                case UPDATED -> new JobCounts(1, 0, 1, 0, 0, 0, 0);
                                case UNCHANGED -> new JobCounts(1, 0, 0, 1, 0, 0, 0);
                                case DELETED -> new JobCounts(1, 0, 0, 0, 1, 0, 0);
                                case RESTORED -> new JobCounts(1, 0, 0, 0, 0, 1, 0);
                            };
                    });
        }
        return counts;
    }

    /// Returns these counts with records that were deleted, restored or changed along with others.
    public JobCounts alongside(long deletedToo, long restoredToo, long updatedToo) {
        return plus(new JobCounts(0, 0, updatedToo, 0, deletedToo, restoredToo, 0));
    }

    public JobCounts plus(JobCounts other) {
        return new JobCounts(
                processed + other.processed,
                created + other.created,
                updated + other.updated,
                unchanged + other.unchanged,
                deleted + other.deleted,
                restored + other.restored,
                rejected + other.rejected);
    }
}
