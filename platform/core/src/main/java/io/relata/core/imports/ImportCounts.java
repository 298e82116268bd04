package io.relata.core.imports;

/// How many rows have been done, and with what result.
public record ImportCounts(long processed, long created, long updated, long unchanged, long rejected) {

    static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

    ImportCounts plus(ImportCounts other) {
        return new ImportCounts(
                processed + other.processed,
                created + other.created,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected);
    }
}
