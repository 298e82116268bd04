package io.relata.bench;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A new opportunity with 25 fields, as the API takes it and as a hand-written program stores it.
final class BenchRecords {

    static final String COLUMNS =
            "id, version, created_at, created_by, updated_at, updated_by, name, number, stage, region,"
                    + " source, competitor, campaign, city, country, reference, amount, probability, quantity, discount, rating,"
                    + " priority, active, open_date, close_date, last_contact, account_id, next_step, reason, notes, description";

    static final String HAND_INSERT = "insert into hand.opportunity (" + COLUMNS + ") values ("
            + String.join(", ", Collections.nCopies(31, "?")) + ")";

    private static final UUID MAKER = Load.tenant(1);

    private BenchRecords() {}

    /// Returns the values by the API's property names.
    static Map<String, @Nullable Object> values(int accountsTimesFive) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", "Opportunity made now");
        values.put("number", "N-4711");
        values.put("stage", "won");
        values.put("region", "region4");
        values.put("source", "source12");
        values.put("competitor", "Competitor 12");
        values.put("campaign", "Campaign 9");
        values.put("city", "City 77");
        values.put("country", "Country 8");
        values.put("reference", "0123456789abcdef");
        values.put("amount", new BigDecimal("12345.67"));
        values.put("probability", new BigDecimal("40"));
        values.put("quantity", 12L);
        values.put("discount", new BigDecimal("1.50"));
        values.put("rating", 3L);
        values.put("priority", 2L);
        values.put("active", true);
        values.put("openDate", "2026-03-04");
        values.put("closeDate", "2026-09-04");
        values.put("lastContact", "2026-03-04T05:06:07Z");
        values.put("accountId", Load.record(0, accountsTimesFive / 10).toString());
        values.put("nextStep", "Call them on Monday");
        values.put("reason", "Because they asked for it, in writing");
        values.put("notes", "0123456789abcdef0123456789abcdef ".repeat(3));
        values.put("description", "fedcba9876543210fedcba9876543210 ".repeat(9));
        return values;
    }

    static void bind(PreparedStatement statement, UUID id, Map<String, @Nullable Object> values) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        statement.setObject(1, id);
        statement.setLong(2, 1);
        statement.setObject(3, now);
        statement.setObject(4, MAKER);
        statement.setObject(5, now);
        statement.setObject(6, MAKER);
        int column = 7;
        for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
            statement.setObject(column++, typed(value.getKey(), value.getValue()));
        }
    }

    private static @Nullable Object typed(String property, @Nullable Object value) {
        return switch (property) {
            case "openDate", "closeDate" -> LocalDate.parse(String.valueOf(value));
            case "lastContact" -> OffsetDateTime.parse(String.valueOf(value));
            case "accountId" -> UUID.fromString(String.valueOf(value));
            default -> value;
        };
    }
}
