package io.relata.bench.hand;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opportunities in their typed table, by plain JDBC.
@Dependent
@Path("opportunities")
@Produces(MediaType.APPLICATION_JSON)
public class HandResource {

    private static final String COLUMNS =
            "id, version, created_at, created_by, updated_at, updated_by, name, number, stage, region,"
                    + " source, competitor, campaign, city, country, reference, amount, probability, quantity, discount, rating,"
                    + " priority, active, open_date, close_date, last_contact, account_id, next_step, reason, notes, description";
    private static final String GET = "select " + COLUMNS + " from hand.opportunity where id = ?";
    private static final String LIST = "select " + COLUMNS
            + " from hand.opportunity where stage = ? and region = ? order by amount desc, id desc limit ?";
    private static final String INSERT =
            "insert into hand.opportunity (" + COLUMNS + ") values (" + "?, ".repeat(30) + "?)";
    private static final String AUDIT =
            "insert into hand.audit (record_id, at, by_user, operation, changes) values (?, ?, ?, 'create', ?::jsonb)";
    private static final String OUTBOX = "insert into hand.outbox (record_id, at, event) values (?, ?, ?::jsonb)";
    private static final List<String> STAGES =
            List.of("prospecting", "qualifying", "engaging", "proposing", "negotiating", "won", "lost", "parked");
    private static final int GIVEN = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    // Set by the server.
    @SuppressWarnings("NullAway.Init")
    @Resource(lookup = "jdbc/relata", shareable = false)
    private DataSource dataSource;

    private final HandTokens tokens;

    @Inject
    public HandResource(HandTokens tokens) {
        this.tokens = tokens;
    }

    private record Opportunity(
            UUID id,
            long version,
            OffsetDateTime createdAt,
            UUID createdBy,
            OffsetDateTime updatedAt,
            UUID updatedBy,
            List<@Nullable Object> values) {

        static Opportunity of(ResultSet row) throws SQLException {
            List<@Nullable Object> values = new ArrayList<>(Column.ALL.size());
            for (int i = 0; i < Column.ALL.size(); i++) {
                values.add(Column.ALL.get(i).read(row, GIVEN + i));
            }
            return new Opportunity(
                    row.getObject(1, UUID.class),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class),
                    row.getObject(4, UUID.class),
                    row.getObject(5, OffsetDateTime.class),
                    row.getObject(6, UUID.class),
                    values);
        }

        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
            json.writeNumberField("version", version);
            json.writeStringField("createdAt", createdAt.toString());
            json.writeStringField("createdBy", createdBy.toString());
            json.writeStringField("updatedAt", updatedAt.toString());
            json.writeStringField("updatedBy", updatedBy.toString());
            writeValues(json);
            json.writeEndObject();
        }

        void writeValues(JsonGenerator json) throws IOException {
            for (int i = 0; i < values.size(); i++) {
                Column.ALL.get(i).write(json, values.get(i));
            }
        }
    }

    @GET
    @Path("{id}")
    public Response get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws SQLException {
        tokens.user(authorization);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(GET)) {
            statement.setObject(1, UUID.fromString(id));
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new NotFoundException();
                }
                return json(Response.Status.OK, Opportunity.of(rows)::write);
            }
        }
    }

    @GET
    public Response list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @QueryParam("stage") String stage,
            @QueryParam("region") String region,
            @QueryParam("top") int top)
            throws SQLException {
        tokens.user(authorization);
        List<Opportunity> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setString(1, stage);
            statement.setString(2, region);
            statement.setInt(3, Math.clamp(top, 1, 1000));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Opportunity.of(rows));
                }
            }
        }
        return json(Response.Status.OK, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("value");
            for (Opportunity each : found) {
                each.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, InputStream body)
            throws SQLException, IOException {
        UUID user = tokens.user(authorization);
        JsonNode given = JSON.readTree(body);
        List<String> violations = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        Column.ALL.forEach(column -> values.add(column.read(given, violations)));
        if (!STAGES.contains(given.path("stage").asText())) {
            violations.add("stage is not a choice");
        }
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        Opportunity made = new Opportunity(UUID.randomUUID(), 1, now, user, now, user, values);
        if (!violations.isEmpty() || !store(made, given.path("accountId").asText(), violations)) {
            return Response.status(400)
                    .entity(JSON.writeValueAsString(violations))
                    .build();
        }
        return json(Response.Status.CREATED, made::write);
    }

    private boolean store(Opportunity made, String account, List<String> violations) throws SQLException, IOException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean known = exists(connection, account);
                if (known) {
                    insert(connection, made);
                    note(connection, AUDIT, made);
                    note(connection, OUTBOX, made);
                } else {
                    violations.add("accountId names no account");
                }
                connection.commit();
                return known;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean exists(Connection connection, String account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select 1 from hand.account where id = ?")) {
            statement.setObject(1, UUID.fromString(account));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void insert(Connection connection, Opportunity made) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, made.id());
            statement.setLong(2, made.version());
            statement.setObject(3, made.createdAt());
            statement.setObject(4, made.createdBy());
            statement.setObject(5, made.updatedAt());
            statement.setObject(6, made.updatedBy());
            for (int i = 0; i < Column.ALL.size(); i++) {
                statement.setObject(GIVEN + i, made.values().get(i));
            }
            statement.executeUpdate();
        }
    }

    private static void note(Connection connection, String sql, Opportunity made) throws SQLException, IOException {
        var text = new java.io.StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            made.writeValues(json);
            json.writeEndObject();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, made.id());
            statement.setObject(2, made.createdAt());
            if (sql.equals(AUDIT)) {
                statement.setObject(3, made.createdBy());
                statement.setString(4, text.toString());
            } else {
                statement.setString(3, text.toString());
            }
            statement.executeUpdate();
        }
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static Response json(Response.Status status, Body body) {
        StreamingOutput out = stream -> {
            try (JsonGenerator json = JSON.createGenerator(stream)) {
                body.write(json);
            }
        };
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(out)
                .build();
    }
}
