package io.relata.app.record;

import io.relata.core.odata.ODataBody;
import io.relata.core.odata.ODataFormat;
import io.relata.core.odata.ODataService;
import io.relata.core.record.RecordData;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The engine's answers with the headers that OData's clients look for.
final class ODataAnswer {

    private static final String VERSION_HEADER = "OData-Version";
    private static final String VERSION = "4.0";
    private static final String NO_CACHE = "private, no-cache";

    private ODataAnswer() {}

    /// @param pageSize what the client asked for and got; `null` when it did not ask
    static Response ok(ODataService.Answer answer, @Nullable Integer pageSize) {
        Response.ResponseBuilder response = json(Response.Status.OK, answer.body(), answer.format());
        return pageSize == null
                ? response.build()
                : response.header(Preferences.APPLIED, Preferences.PAGE_SIZE + "=" + pageSize)
                        .build();
    }

    static Response ok(ODataBody body) {
        return json(Response.Status.OK, body, ODataFormat.USUAL).build();
    }

    static Response.ResponseBuilder of(Response.Status status, ODataService.Found found) {
        return json(status, found.body(), found.format()).header(HttpHeaders.ETAG, found.etag());
    }

    /// An answer without a body, for who needs none.
    static Response.ResponseBuilder minimal(URI address, RecordData record) {
        return versioned(Response.noContent())
                .header(HttpHeaders.ETAG, ODataService.etag(record))
                .header("OData-EntityId", address)
                .header(Preferences.APPLIED, Preferences.MINIMAL);
    }

    static Response xml(byte[] body) {
        return versioned(Response.ok(body, MediaType.APPLICATION_XML_TYPE)).build();
    }

    static Response text(long number) {
        return versioned(Response.ok(Long.toString(number), MediaType.TEXT_PLAIN_TYPE))
                .build();
    }

    private static Response.ResponseBuilder json(Response.Status status, ODataBody body, ODataFormat format) {
        StreamingOutput out = body::writeTo;
        return versioned(Response.status(status).type(format.mediaType()).entity(out));
    }

    private static Response.ResponseBuilder versioned(Response.ResponseBuilder response) {
        return response.header(VERSION_HEADER, VERSION).header(HttpHeaders.CACHE_CONTROL, NO_CACHE);
    }
}
