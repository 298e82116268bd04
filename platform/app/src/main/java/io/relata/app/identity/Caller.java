package io.relata.app.identity;

import io.relata.core.session.WebSession;
import io.relata.core.tenant.Member;
import io.relata.core.tenant.Tenant;
import io.relata.spi.CallContext;
import org.jspecify.annotations.Nullable;

/// Somebody admitted: an active member of an active tenant.
///
/// @param session the browser's sign-in; `null` for a program with a token
public record Caller(
        CallContext context,
        Tenant tenant,
        Member member,
        @Nullable WebSession session) {}
