package io.relata.app.me;

import io.relata.core.tenant.Member;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A member, as the API shows one to colleagues.
record Person(
        UUID id,
        String displayName,
        String username,
        @Nullable String email) {

    static Person of(Member member) {
        return new Person(member.id(), member.displayName(), member.username(), member.email());
    }
}
