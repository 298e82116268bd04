package io.relata.app.openapi;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.relata.app.identity.AuthenticationFilter;
import io.relata.app.identity.Languages;
import io.relata.app.identity.SameSite;
import io.relata.app.json.Rendered;
import io.relata.app.wiring.Settings;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The tenants' descriptions, made once for each snapshot and language.
public final class OpenApiDocuments {

    /// For each language; a tenant with 500 entities takes some hundred kilobytes.
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final Template template = Template.load();
    private final Map<String, String> names;
    private final Map<Locale, LoadingCache<MetadataSnapshot, Rendered>> documents;

    public OpenApiDocuments(Settings settings) {
        names = Map.of(
                "{server}",
                settings.page(""),
                "{tokenUrl}",
                settings.realmInBrowser("/protocol/openid-connect/token"),
                "{sessionCookie}",
                AuthenticationFilter.SESSION_COOKIE,
                "{csrfHeader}",
                SameSite.HEADER);
        documents = Languages.ALL.stream().collect(Collectors.toMap(Function.identity(), this::cache));
    }

    Rendered of(MetadataSnapshot snapshot, Locale locale) {
        return Objects.requireNonNull(documents.get(Languages.nearest(locale))).get(snapshot);
    }

    private LoadingCache<MetadataSnapshot, Rendered> cache(Locale locale) {
        Wording common = new Wording(locale, names, List.of());
        return Caffeine.newBuilder()
                .weakKeys()
                .maximumWeight(MAX_BYTES)
                .weigher((MetadataSnapshot snapshot, Rendered document) -> document.weight())
                .build(snapshot -> Rendered.of(new DocumentWriter(template, snapshot, common)::writeTo));
    }
}
