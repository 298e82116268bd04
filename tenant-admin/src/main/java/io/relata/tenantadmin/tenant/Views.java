package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory.ServiceAccount;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How things stand in an answer.
final class Views {
    private Views() {}

    static JsonObject page(Tenants.Page page, TenantQuery query) {
        JsonArrayBuilder tenants = Json.createArrayBuilder();
        page.tenants().forEach(summary -> tenants.add(tenant(summary)));
        JsonObjectBuilder counts = Json.createObjectBuilder();
        for (TenantStatus status : TenantStatus.values()) {
            counts.add(status.value(), page.counts().getOrDefault(status, 0L));
        }
        JsonObjectBuilder view =
                Json.createObjectBuilder().add("value", tenants).add("counts", counts);
        if (page.tenants().size() == query.top()) {
            view.add("next", page.tenants().getLast().tenant().id().toString());
        }
        return view.build();
    }

    static JsonObject details(Tenants.Details details) {
        return tenant(details.summary())
                .add("plugins", Json.createArrayBuilder(details.plugins()))
                .build();
    }

    static JsonObject provisioned(Tenants.Provisioned provisioned) {
        return Json.createObjectBuilder(details(provisioned.details()))
                .add("administrator", newMember(provisioned.administrator()))
                .build();
    }

    static JsonObject newMember(Tenants.NewMember member) {
        JsonObjectBuilder view =
                Json.createObjectBuilder().add("id", member.id().toString()).add("username", member.username());
        addIfPresent(view, "temporaryPassword", member.temporaryPassword());
        return view.build();
    }

    static JsonObject members(List<Membership> members) {
        JsonArrayBuilder value = Json.createArrayBuilder();
        for (Membership member : members) {
            JsonObjectBuilder view = Json.createObjectBuilder()
                    .add("id", member.userId().toString())
                    .add("username", member.username())
                    .add("displayName", member.displayName())
                    .add("kind", member.kind().value())
                    .add("role", member.role().value())
                    .add("status", member.status().value())
                    .add("createdAt", member.createdAt().toString());
            addIfPresent(view, "email", member.email());
            value.add(view);
        }
        return Json.createObjectBuilder().add("value", value).build();
    }

    static JsonObject serviceAccount(ServiceAccount account, String tokenUrl) {
        return Json.createObjectBuilder()
                .add("id", account.userId().toString())
                .add("clientId", account.clientId())
                .add("clientSecret", account.clientSecret())
                .add("tokenUrl", tokenUrl)
                .build();
    }

    static JsonObject trail(List<OperatorAction> actions) {
        JsonArrayBuilder value = Json.createArrayBuilder();
        for (OperatorAction action : actions) {
            JsonObjectBuilder view = Json.createObjectBuilder()
                    .add("at", action.at().toString())
                    .add("operator", action.operatorName())
                    .add("action", action.action());
            addIfPresent(view, "detail", action.detail());
            value.add(view);
        }
        return Json.createObjectBuilder().add("value", value).build();
    }

    private static JsonObjectBuilder tenant(TenantSummary summary) {
        Tenant tenant = summary.tenant();
        JsonObjectBuilder view = Json.createObjectBuilder()
                .add("id", tenant.id().toString())
                .add("slug", tenant.slug())
                .add("name", tenant.name())
                .add("status", tenant.status().value())
                .add("locale", tenant.locale())
                .add("timeZone", tenant.timeZone())
                .add("currency", tenant.currency())
                .add("createdAt", tenant.createdAt().toString())
                .add("users", summary.users())
                .add("records", summary.records());
        addIfPresent(view, "suspendedReason", tenant.suspendedReason());
        return view;
    }

    private static void addIfPresent(JsonObjectBuilder view, String name, @Nullable String value) {
        if (value != null) {
            view.add(name, value);
        }
    }
}
