package io.relata.app.batch;

import io.relata.app.record.RecordResource;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sends a request of a batch to the method of [RecordResource] that would get it if it came by itself: found by the
/// same annotations, called with the same arguments.
final class Dispatcher {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\s*(\\w+)\\s*(?::\\s*((?:[^{}]|\\{[^{}]*})*))?}");
    private static final List<Route> ROUTES = Arrays.stream(RecordResource.class.getMethods())
            .flatMap(method -> Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .map(verb -> new Route(verb.value(), pattern(method.getAnnotation(Path.class)), method)))
            .sorted(Comparator.comparingInt(Route::literals).reversed())
            .toList();

    private Dispatcher() {}

    private record Route(String verb, Pattern path, Method method) {

        /// Returns how much of the path is fixed: of two routes that fit, the more definite one is meant.
        int literals() {
            Path declared = method.getAnnotation(Path.class);
            return declared == null
                    ? 0
                    : PLACEHOLDER.matcher(declared.value()).replaceAll("").length();
        }
    }

    /// @param path  of the address below the service's root, as it was written
    /// @param query of the address, as it was written; `null` when there is none
    static Response dispatch(RecordResource resource, Part part, String path, @Nullable String query) {
        boolean known = false;
        for (Route route : ROUTES) {
            Matcher match = route.path().matcher(path);
            if (match.matches()) {
                known = true;
                if (route.verb().equals(part.method())) {
                    requireConsumable(route.method(), part);
                    return call(route.method(), resource, arguments(route.method(), match, part, path, query));
                }
            }
        }
        throw known
                ? ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED, "method-not-allowed")
                : ProblemException.of(ProblemCode.NOT_FOUND, "unknown-route");
    }

    private static Pattern pattern(@Nullable Path path) {
        String template = path == null ? "" : path.value();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        StringBuilder regex = new StringBuilder();
        int from = 0;
        while (placeholder.find()) {
            String inner = placeholder.group(2) == null
                    ? "[^/]+"
                    : placeholder.group(2).strip();
            regex.append(Pattern.quote(template.substring(from, placeholder.start())))
                    .append("(?<")
                    .append(placeholder.group(1))
                    .append('>')
                    .append(inner)
                    .append(')');
            from = placeholder.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(template.substring(from))).toString());
    }

    private static void requireConsumable(Method method, Part part) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        String type = part.headers().getOrDefault("content-type", "");
        if (consumes != null && Arrays.stream(consumes.value()).noneMatch(type::startsWith)) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
        }
    }

    private static @Nullable Object[] arguments(
            Method method, Matcher match, Part part, String path, @Nullable String query) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            arguments.add(argument(parameter, match, part, path, query));
        }
        return arguments.toArray();
    }

    private static @Nullable Object argument(
            Parameter parameter, Matcher match, Part part, String path, @Nullable String query) {
        if (parameter.getType() == InputStream.class) {
            return new ByteArrayInputStream(part.body());
        }
        if (parameter.getType() == UriInfo.class) {
            return uri(path, query);
        }
        for (Annotation annotation : parameter.getAnnotations()) {
            if (annotation instanceof PathParam named) {
                return decoded(match.group(named.value()));
            }
            if (annotation instanceof HeaderParam named) {
                return part.headers().get(named.value().toLowerCase(Locale.ROOT));
            }
            if (annotation instanceof QueryParam named) {
                return value(query, named.value());
            }
        }
        throw new IllegalStateException("A batch cannot give " + parameter);
    }

    private static @Nullable String value(@Nullable String query, String name) {
        for (String option : query == null ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals > 0
                    && URLDecoder.decode(option.substring(0, equals), StandardCharsets.UTF_8)
                            .equals(name)) {
                return URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /// In a path, a plus is a plus.
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "query-encoding");
        }
    }

    private static Object uri(String path, @Nullable String query) {
        URI uri;
        try {
            uri = URI.create(path + (query == null ? "" : "?" + encoded(query)));
        } catch (IllegalArgumentException broken) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "query-encoding");
        }
        return Proxy.newProxyInstance(
                Dispatcher.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRequestUri")) {
                        return uri;
                    }
                    throw new UnsupportedOperationException("A batch cannot tell " + method.getName());
                });
    }

    /// Clients write blanks and quotation marks into a batch that an address cannot have.
    private static String encoded(String query) {
        StringBuilder encoded = new StringBuilder();
        query.codePoints().forEach(character -> {
            boolean plain = character > ' ' && character < 127 && "\"<>\\^`{|}#[]".indexOf(character) < 0;
            if (plain) {
                encoded.appendCodePoint(character);
            } else {
                for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(String.format(Locale.ROOT, "%02X", octet));
                }
            }
        });
        return encoded.toString();
    }

    private static Response call(Method method, RecordResource resource, @Nullable Object[] arguments) {
        try {
            return (Response) method.invoke(resource, arguments);
        } catch (InvocationTargetException exception) {
            if (exception.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(exception.getCause());
        } catch (IllegalAccessException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
