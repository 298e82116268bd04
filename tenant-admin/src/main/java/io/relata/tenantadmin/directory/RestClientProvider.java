package io.relata.tenantadmin.directory;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.spi.ResteasyClientProvider;

/// Runs Keycloak's admin client on the server's own REST client instead of a RESTEasy inside the application.
final class RestClientProvider implements ResteasyClientProvider {
    private static final long CONNECT_SECONDS = 3;
    private static final long READ_SECONDS = 15;

    private final JacksonBody json = new JacksonBody(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    @Override
    public Client newRestEasyClient(
            @Nullable Object customJacksonProvider, @Nullable SSLContext sslContext, boolean disableTrustManager) {
        return ClientBuilder.newBuilder()
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    @Override
    public <R> R targetProxy(WebTarget target, Class<R> api) {
        RestClientBuilder builder = RestClientBuilder.newBuilder()
                .baseUri(target.getUri())
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json, 1)
                .register(new ErrorStatus());
        for (Object filter : target.getConfiguration().getInstances()) {
            if (filter instanceof ClientRequestFilter || filter instanceof ClientResponseFilter) {
                builder.register(filter);
            }
        }
        return builder.build(api);
    }

    /// Without this, a method that answers a Response would let an error pass as a success.
    private static final class ErrorStatus implements ResponseExceptionMapper<WebApplicationException> {
        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            return status >= Response.Status.BAD_REQUEST.getStatusCode();
        }

        @Override
        public WebApplicationException toThrowable(Response response) {
            response.bufferEntity();
            return new WebApplicationException(response);
        }
    }
}
