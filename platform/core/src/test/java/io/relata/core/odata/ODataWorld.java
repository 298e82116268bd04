package io.relata.core.odata;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.QueryWorld;
import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// The service on a database of its own, asked in OData's words.
record ODataWorld(QueryWorld world, ODataService service) {

    static final String ROOT = "http://localhost/api/v1/data/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static ODataWorld create(LocalPostgres postgres) throws SQLException, IOException {
        return create(postgres, TestEntities::snapshot);
    }

    static ODataWorld create(LocalPostgres postgres, Function<UUID, MetadataSnapshot> metadata)
            throws SQLException, IOException {
        QueryWorld world = QueryWorld.create(postgres);
        return new ODataWorld(world, new ODataService(metadata, world.reader(), QueryWorld.CLOCK, URI.create(ROOT)));
    }

    /// Asks with options as pairs of name and value, not yet encoded.
    JsonNode list(CallContext context, String set, String... options) {
        return json(service.list(context, set, query(options)));
    }

    /// Asks for pages of a size.
    JsonNode pages(int size, CallContext context, String set, String... options) {
        return json(service.list(context, set, query(options), ODataFormat.USUAL, size)
                .body());
    }

    List<String> names(CallContext context, String set, String... options) {
        List<String> names = new ArrayList<>();
        list(context, set, options)
                .get("value")
                .forEach(record -> names.add(record.get("name").asText()));
        return names;
    }

    static JsonNode json(ODataBody body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            body.writeTo(out);
            return JSON.readTree(out.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static String query(String... options) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(options[i])
                    .append('=')
                    .append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    /// Returns the query part of a link to the next page.
    static String queryOf(JsonNode link) {
        return URI.create(link.asText()).getRawQuery();
    }
}
