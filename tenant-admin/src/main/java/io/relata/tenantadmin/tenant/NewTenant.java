package io.relata.tenantadmin.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tenant to be provisioned, already checked field by field.
public record NewTenant(
        @Nullable String slug,
        String name,
        String locale,
        String timeZone,
        String currency,
        List<String> plugins,
        NewPerson administrator) {
    public NewTenant {
        plugins = List.copyOf(plugins);
    }
}
