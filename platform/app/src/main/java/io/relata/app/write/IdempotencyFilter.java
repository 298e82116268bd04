package io.relata.app.write;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the fingerprint of requests that carry a key, while their body is read.
@Dependent
@Provider
public class IdempotencyFilter implements ContainerRequestFilter {

    /// Everything but the body that makes one request differ from another.
    private static final List<String> HEADERS = List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, "Prefer");

    // The server makes providers before it can inject through a constructor.
    @Inject
    IncomingWrite incoming;

    @Override
    public void filter(ContainerRequestContext request) {
        String key = request.getHeaderString(IncomingWrite.HEADER);
        if (key != null) {
            StringBuilder head = new StringBuilder(request.getMethod())
                    .append('\n')
                    .append(request.getUriInfo().getRequestUri());
            HEADERS.forEach(name -> head.append('\n').append(request.getHeaderString(name)));
            head.append('\n').append(kind(request.getMediaType()));
            request.setEntityStream(incoming.begin(key, head.append('\n').toString(), request.getEntityStream()));
        }
    }

    /// A form's boundary is another one each time that it is sent.
    private static String kind(@Nullable MediaType type) {
        return type == null ? "" : type.getType() + "/" + type.getSubtype();
    }
}
