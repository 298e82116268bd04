package io.relata.app.me;

import io.relata.app.identity.Caller;
import io.relata.app.identity.CurrentCall;
import io.relata.app.identity.Languages;
import io.relata.app.json.JsonReader;
import io.relata.core.access.CallerAccess;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.Tenant;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.UserPreferences;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who the caller is, where, and in which language.
@Dependent
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    private static final String LOCALE = "locale";

    private final CurrentCall call;
    private final UserPreferences preferences;
    private final TenantTransaction transactions;

    @Inject
    public MeResource(CurrentCall call, UserPreferences preferences, TenantTransaction transactions) {
        this.transactions = transactions;
        this.call = call;
        this.preferences = preferences;
    }

    @GET
    public Response get() {
        return answer(call.context().locale());
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public Response patch(InputStream body) {
        Locale locale = locale(JsonReader.values(body));
        CallContext context = call.context();
        preferences.setLocale(context.tenant(), context.user(), locale);
        return answer(locale);
    }

    private static Locale locale(Map<String, @Nullable Object> values) {
        List<Violation> unknown = values.keySet().stream()
                .filter(name -> !name.equals(LOCALE))
                .map(name -> Violation.of(name, "unknown-field", name))
                .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(unknown);
        }
        return Optional.ofNullable(values.get(LOCALE))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(Languages::named)
                .orElseThrow(() -> ProblemException.invalid(List.of(Violation.of(LOCALE, "not-a-language"))));
    }

    private Response answer(Locale locale) {
        Caller caller = call.caller();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", Person.of(caller.member()));
        body.put("tenant", tenant(caller.tenant()));
        body.put("role", caller.member().role());
        body.put("privacy", CallerAccess.of(transactions, call.context()).privacy());
        body.put(LOCALE, locale.toLanguageTag());
        if (caller.session() != null) {
            body.put("csrfToken", caller.session().csrfToken());
        }
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, Object> tenant(Tenant tenant) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", tenant.id());
        body.put("slug", tenant.slug());
        body.put("name", tenant.name());
        body.put(LOCALE, tenant.locale().toLanguageTag());
        body.put("timeZone", tenant.zone().getId());
        body.put("currency", tenant.currency().getCurrencyCode());
        return body;
    }
}
