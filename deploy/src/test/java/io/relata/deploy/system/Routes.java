package io.relata.deploy.system;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// Every route that the platform's compiled resources declare, so that none escapes the isolation test.
final class Routes {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private Routes() {}

    /// Returns the routes as `GET data/{set}`, without the application's own prefix.
    static Set<String> declaredIn(Path classes) {
        Set<String> routes = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter().importPath(classes)) {
            if (resource.isAnnotatedWith("jakarta.ws.rs.Path")) {
                resource.getMethods().forEach(method -> addRoutes(resource, method, routes));
            }
        }
        return routes;
    }

    private static void addRoutes(JavaClass resource, JavaMethod method, Set<String> routes) {
        for (String verb : METHODS) {
            if (method.isAnnotatedWith("jakarta.ws.rs." + verb)) {
                String path = path(resource) + "/" + path(method);
                routes.add(verb + " " + plain(path));
            }
        }
    }

    private static String path(HasAnnotations<?> annotated) {
        return annotated
                .tryGetAnnotationOfType("jakarta.ws.rs.Path")
                .map(JavaAnnotation::getProperties)
                .map(properties -> String.valueOf(properties.get("value")))
                .orElse("");
    }

    private static String plain(String path) {
        return path.replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}")
                .replaceAll("/{2,}", "/")
                .replaceAll("^/|/$", "");
    }
}
