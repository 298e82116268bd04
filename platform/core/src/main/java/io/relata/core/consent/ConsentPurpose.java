package io.relata.core.consent;

import io.relata.core.metadata.LocalizedText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people may be contacted for.
///
/// @param months for how long a consent counts; `null` until it is withdrawn
/// @param active whether consents can be given, and count
/// @param text   the newest text, with its version
public record ConsentPurpose(
        UUID id, String code, LocalizedText label, @Nullable Integer months, boolean active, ConsentText text) {}
