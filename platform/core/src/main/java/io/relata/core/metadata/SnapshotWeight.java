package io.relata.core.metadata;

/// How much memory a snapshot takes, counted in what its entities are made of. A part takes some 400 bytes.
final class SnapshotWeight {

    private static final int MOST_PARTS = 500_000;

    /// So that all parts together take less than half of the heap.
    private static final int BYTES_OF_HEAP_FOR_A_PART = 1_000;

    /// A view's column is but a name.
    private static final int COLUMNS_IN_A_PART = 5;

    private SnapshotWeight() {}

    /// Returns how much all snapshots that are kept may weigh together.
    static long most() {
        return Math.min(MOST_PARTS, Runtime.getRuntime().maxMemory() / BYTES_OF_HEAP_FOR_A_PART);
    }

    static int of(MetadataSnapshot snapshot) {
        return 1 + snapshot.entities().stream().mapToInt(SnapshotWeight::of).sum();
    }

    private static int of(EntityDefinition entity) {
        int options = entity.fields().stream()
                .mapToInt(field -> field.options().size())
                .sum();
        int columns = entity.views().stream()
                .mapToInt(view -> 1 + view.columns().size())
                .sum();
        return 1 + entity.fields().size() + entity.hidden().size() + options + columns / COLUMNS_IN_A_PART;
    }
}
