package io.relata.app.record;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Receives requests to the OData service as OData's rules have it: an address is split at its slashes before it is
/// decoded, so `%24count` is `$count`; and who cannot read version 4.0 is told so.
@Dependent
@PreMatching
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public class ODataRequests implements ContainerRequestFilter {

    private static final String SERVICE = "/api/v1/data/";
    private static final Pattern SYSTEM_SEGMENT = Pattern.compile("^%24");
    private static final Pattern KEY_IN_PARENTHESES = Pattern.compile("^([^()]+?)%28([^()]*)%29$");
    private static final Pattern BEFORE_4 = Pattern.compile("\\s*[0-3](\\.\\d+)?\\s*");

    @Override
    public void filter(ContainerRequestContext request) {
        URI asked = request.getUriInfo().getRequestUri();
        String path = asked.getRawPath();
        if (!path.startsWith(SERVICE)) {
            return;
        }
        requireVersion4(request.getHeaderString("OData-MaxVersion"));
        String plain = plain(path);
        if (!plain.equals(path)) {
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            request.setRequestUri(request.getUriInfo().getBaseUri(), asked.resolve(plain + query));
        }
    }

    /// Returns the path with the characters that OData gives a meaning to.
    static String plain(String path) {
        return path.indexOf('%') < 0
                ? path
                : Arrays.stream(path.split("/", -1))
                        .map(segment -> SYSTEM_SEGMENT.matcher(segment).replaceFirst("\\$"))
                        .map(segment -> KEY_IN_PARENTHESES.matcher(segment).replaceFirst("$1($2)"))
                        .collect(Collectors.joining("/"));
    }

    private static void requireVersion4(@Nullable String maxVersion) {
        if (maxVersion != null && BEFORE_4.matcher(maxVersion).matches()) {
            throw ProblemException.of(ProblemCode.NOT_ACCEPTABLE, "odata-version", maxVersion.strip());
        }
    }
}
