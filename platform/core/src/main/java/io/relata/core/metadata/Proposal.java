package io.relata.core.metadata;

import java.util.List;

/// A change of a tenant's metadata that was checked and can be made.
public final class Proposal {

    private final MetadataSnapshot before;
    private final MetadataSnapshot after;
    private final MetadataSnapshot inTheEnd;
    private final Placement.Placed placed;

    Proposal(MetadataSnapshot before, MetadataSnapshot after, MetadataSnapshot inTheEnd, Placement.Placed placed) {
        this.before = before;
        this.after = after;
        this.inTheEnd = inTheEnd;
        this.placed = placed;
    }

    public MetadataDiff diff() {
        return placed.diff();
    }

    /// Returns what holds without the change.
    public MetadataSnapshot before() {
        return before;
    }

    /// Returns what is going to hold at once; what is reshaped stays as it is for the time being.
    public MetadataSnapshot after() {
        return after;
    }

    /// Returns what is going to hold when everything is reshaped.
    public MetadataSnapshot inTheEnd() {
        return inTheEnd;
    }

    /// Returns what is left to be done in the background.
    public List<Reshape> reshapes() {
        return placed.reshapes();
    }

    /// Returns the fields that are unique once the values of all records are taken.
    public List<ComponentKey> claims() {
        return placed.claims();
    }

    Placement.Placed placed() {
        return placed;
    }
}
