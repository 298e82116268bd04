package io.relata.tenantadmin.directory;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says in our words what Keycloak refused.
final class KeycloakErrors {
    private static final Set<String> ACCOUNT_FIELDS = Set.of("username", "email", "firstName", "lastName");

    /// Runs a call; `field` is what a refusal is about unless Keycloak names another.
    <T extends @Nullable Object> T translate(String field, Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException refusal) {
            throw translate(field, refusal);
        } catch (ProcessingException | IllegalStateException failure) {
            throw DirectoryException.unavailable("Keycloak did not answer", failure);
        }
    }

    private static DirectoryException translate(String field, WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        String body = body(refusal.getResponse());
        if (status == Response.Status.CONFLICT.getStatusCode()) {
            boolean email = body.toLowerCase(Locale.ROOT).contains("email");
            return DirectoryException.taken(email ? "email" : field, refusal);
        }
        if (status == Response.Status.BAD_REQUEST.getStatusCode()) {
            return DirectoryException.rejected(rejectedField(body, field), refusal);
        }
        return DirectoryException.unavailable("Keycloak answered " + status, refusal);
    }

    private static String body(Response response) {
        try {
            return response.hasEntity() ? response.readEntity(String.class) : "";
        } catch (ProcessingException | IllegalStateException unreadable) {
            return "";
        }
    }

    private static String rejectedField(String body, String otherwise) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject error = reader.readObject();
            String named = error.getString("field", "");
            if (ACCOUNT_FIELDS.contains(named)) {
                return named;
            }
            String message = error.getString("errorMessage", error.getString("error", ""));
            return message.toLowerCase(Locale.ROOT).contains("password") ? "password" : otherwise;
        } catch (JsonException | IllegalStateException notAnError) {
            return otherwise;
        }
    }
}
