package io.relata.core.migration;

import io.relata.core.metadata.TableIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Brings the indexes of slots and over several of them to what the solutions declare, while others read and write. An
/// index whose making was interrupted is made anew.
final class RecordIndexes {

    private final Connection connection;

    /// @param connection without a transaction
    RecordIndexes(Connection connection) {
        this.connection = connection;
    }

    /// @param tables the record tables that the solutions answer for; those of plugins that are gone stay as they are
    void bringTo(Collection<? extends TableIndex> wanted, Set<String> tables) throws SQLException {
        Map<String, TableIndex> missing = new LinkedHashMap<>();
        wanted.forEach(index -> missing.put(index.name(), index));
        Set<String> outdated = new HashSet<>();
        existing(tables).forEach((name, valid) -> {
            if (!valid || missing.remove(name) == null) {
                outdated.add(name);
            }
        });
        try (Statement statement = connection.createStatement()) {
            for (String name : outdated) {
                statement.execute("drop index concurrently if exists relata." + name);
            }
            for (TableIndex index : missing.values()) {
                statement.execute(index.creation());
            }
        }
    }

    /// Returns the indexes there are by name, and whether they can be used.
    private Map<String, Boolean> existing(Set<String> tables) throws SQLException {
        Map<String, Boolean> indexes = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select made.relname, entry.indisvalid
                from pg_index entry
                join pg_class made on made.oid = entry.indexrelid
                join pg_class owner on owner.oid = entry.indrelid
                where made.relnamespace = 'relata'::regnamespace and made.relname ~ ? and owner.relname = any (?)
                """)) {
            statement.setString(1, TableIndex.NAMES);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    indexes.put(rows.getString(1), rows.getBoolean(2));
                }
            }
        }
        return indexes;
    }
}
