package io.relata.bench.hand;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A column of the opportunities that a caller gives.
///
/// @param limit how long a text may be
record Column(String property, Kind kind, boolean required, int limit) {

    enum Kind {
        TEXT,
        DECIMAL,
        LONG,
        BOOLEAN,
        DATE,
        TIME,
        ID
    }

    static final List<Column> ALL = List.of(
            new Column("name", Kind.TEXT, true, 300),
            new Column("number", Kind.TEXT, false, 60),
            new Column("stage", Kind.TEXT, true, 20),
            new Column("region", Kind.TEXT, false, 20),
            new Column("source", Kind.TEXT, false, 100),
            new Column("competitor", Kind.TEXT, false, 100),
            new Column("campaign", Kind.TEXT, false, 100),
            new Column("city", Kind.TEXT, false, 100),
            new Column("country", Kind.TEXT, false, 100),
            new Column("reference", Kind.TEXT, false, 100),
            new Column("amount", Kind.DECIMAL, false, 0),
            new Column("probability", Kind.DECIMAL, false, 0),
            new Column("quantity", Kind.LONG, false, 0),
            new Column("discount", Kind.DECIMAL, false, 0),
            new Column("rating", Kind.LONG, false, 0),
            new Column("priority", Kind.LONG, false, 0),
            new Column("active", Kind.BOOLEAN, false, 0),
            new Column("openDate", Kind.DATE, false, 0),
            new Column("closeDate", Kind.DATE, false, 0),
            new Column("lastContact", Kind.TIME, false, 0),
            new Column("accountId", Kind.ID, false, 0),
            new Column("nextStep", Kind.TEXT, false, 500),
            new Column("reason", Kind.TEXT, false, 500),
            new Column("notes", Kind.TEXT, false, 10_000),
            new Column("description", Kind.TEXT, false, 10_000));

    /// Returns the value; `null` when there is none.
    ///
    /// @param violations is told what is wrong with it
    @Nullable
    Object read(JsonNode body, List<String> violations) {
        JsonNode value = body.path(property);
        if (value.isMissingNode() || value.isNull()) {
            if (required) {
                violations.add(property + " is required");
            }
            return null;
        }
        try {
            return switch (kind) {
                case TEXT -> text(value, violations);
                case DECIMAL -> new BigDecimal(value.asText());
                case LONG -> Long.valueOf(value.asText());
                case BOOLEAN -> value.booleanValue();
                case DATE -> LocalDate.parse(value.asText());
                case TIME -> OffsetDateTime.parse(value.asText());
                case ID -> UUID.fromString(value.asText());
            };
        } catch (DateTimeParseException | IllegalArgumentException bad) {
            violations.add(property + " is not valid");
            return null;
        }
    }

    private String text(JsonNode value, List<String> violations) {
        String text = value.asText();
        if (text.length() > limit) {
            violations.add(property + " is too long");
        }
        return text;
    }

    void write(JsonGenerator json, @Nullable Object value) throws IOException {
        json.writeFieldName(property);
        switch (value) {
            case null -> json.writeNull();
            case BigDecimal number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }

    @Nullable
    Object read(ResultSet row, int at) throws SQLException {
        return switch (kind) {
            case TEXT -> row.getString(at);
            case DECIMAL -> row.getBigDecimal(at);
            case DATE -> row.getObject(at, LocalDate.class);
            case TIME -> row.getObject(at, OffsetDateTime.class);
            case LONG, BOOLEAN, ID -> row.getObject(at);
        };
    }
}
