package io.relata.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every route there is, read from the same annotations that the server reads: what tests must cover.
public final class Routes {

    private Routes() {}

    /// One route.
    ///
    /// @param method the HTTP method
    /// @param path   with its placeholders in braces, for example `/api/v1/data/{set}({id})`
    public record Route(String method, String path) implements Comparable<Route> {

        @Override
        public int compareTo(Route other) {
            return (path + method).compareTo(other.path + other.method);
        }
    }

    /// Returns the routes of the API and of sign-in.
    public static NavigableSet<Route> all() {
        NavigableSet<Route> routes = new TreeSet<>();
        for (Application application : List.of(new ApiApplication(), new SignInApplication())) {
            String base =
                    application.getClass().getAnnotation(ApplicationPath.class).value();
            application.getClasses().stream()
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .flatMap(type -> ofResource(base, type))
                    .forEach(routes::add);
        }
        return routes;
    }

    private static Stream<Route> ofResource(String base, Class<?> type) {
        String path = joined(base, type.getAnnotation(Path.class));
        return Arrays.stream(type.getMethods())
                .flatMap(method ->
                        verbs(method).map(verb -> new Route(verb, joined(path, method.getAnnotation(Path.class)))));
    }

    private static Stream<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value());
    }

    private static String joined(String base, @Nullable Path path) {
        if (path == null || path.value().equals("/")) {
            return base;
        }
        String plain = path.value().replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
        return base + (plain.startsWith("/") ? "" : "/") + plain;
    }
}
