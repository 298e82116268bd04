package io.relata.core.metadata;

import io.relata.core.id.Ids;
import java.time.Clock;

/// What a [MetadataTransaction] works with.
record MetadataParts(MetadataStore store, SnapshotBuilder builder, MetadataTrail trail, Ids ids, Clock clock) {}
