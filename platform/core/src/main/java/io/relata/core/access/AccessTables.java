package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// The tables that say who may do what.
public final class AccessTables {

    private AccessTables() {}

    private static <T> Field<T> column(String table, String column, Class<T> type) {
        return field(name("relata", table, column), type);
    }

    /// Users and teams.
    public static final class Principal {

        private static final String NAME = "access_principal";
        public static final Table<Record> TABLE = table(name("relata", NAME));
        public static final Field<UUID> TENANT = column(NAME, "tenant_id", UUID.class);
        public static final Field<UUID> ID = column(NAME, "id", UUID.class);
        public static final Field<UUID> UNIT = column(NAME, "unit_id", UUID.class);

        private Principal() {}
    }

    /// Records shown to somebody.
    public static final class Share {

        private static final String NAME = "access_share";
        public static final Table<Record> TABLE = table(name("relata", NAME));
        public static final Field<UUID> TENANT = column(NAME, "tenant_id", UUID.class);
        public static final Field<UUID> ENTITY = column(NAME, "entity_id", UUID.class);
        public static final Field<UUID> RECORD = column(NAME, "record_id", UUID.class);
        public static final Field<UUID> PRINCIPAL = column(NAME, "principal_id", UUID.class);
        public static final Field<String> LEVEL = column(NAME, "level", String.class);
        public static final Field<OffsetDateTime> UNTIL = column(NAME, "until", OffsetDateTime.class);

        private Share() {}
    }
}
