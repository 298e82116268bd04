package io.relata.tenantadmin.signin;

import java.security.Principal;

/// The verified operator behind a request: a person, or a machine with the operator role.
public record Operator(String id, String username, String displayName) implements Principal {
    @Override
    public String getName() {
        return username;
    }
}
