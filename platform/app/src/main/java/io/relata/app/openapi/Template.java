package io.relata.app.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.app.Routes.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The description as it is for every tenant (`api.json`): a document of OpenAPI in which texts are keys, and in which
/// `entityPaths` and `entitySchemas` stand once for all entities.
final class Template {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;

    private Template(JsonNode document) {
        this.document = document;
    }

    static Template load() {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream("api.json"))) {
            return new Template(JsonMapper.builder().build().readTree(in));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// Returns a member of the template.
    JsonNode member(String name) {
        return document.path(name);
    }

    /// Returns the routes that are described.
    NavigableSet<Route> routes() {
        NavigableSet<Route> routes = new TreeSet<>();
        for (String group : Set.of("paths", "entityPaths")) {
            document.path(group)
                    .properties()
                    .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                        if (METHODS.contains(method)) {
                            routes.add(new Route(method.toUpperCase(Locale.ROOT), path.getKey()));
                        }
                    }));
        }
        return routes;
    }
}
