package io.relata.core.automation;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

/// The tables of automations.
final class AutomationTables {

    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<UUID> AUTOMATION = field(name("automation_id"), UUID.class);
    static final Field<Integer> VERSION = field(name("version"), Integer.class);

    private AutomationTables() {}

    /// Automations.
    static final class One {

        static final Table<Record> TABLE = table(name("relata", "automation"));
        static final Field<String> NAME = field(name("name"), String.class);
        static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
        static final Field<Boolean> ACTIVE = field(name("active"), Boolean.class);
        static final Field<String> PAUSED_BECAUSE = field(name("paused_because"), String.class);
        static final Field<UUID> OWNER = field(name("owner_id"), UUID.class);
        static final Field<Boolean> FOLLOWS = field(name("follows"), Boolean.class);
        static final Field<Long> AFTER_TX = field(name("after_tx"), Long.class);
        static final Field<UUID> AFTER_ID = field(name("after_id"), UUID.class);
        static final Field<OffsetDateTime> DUE_AT = field(name("due_at"), OffsetDateTime.class);
        static final Field<LocalDate> SWEEP_DAY = field(name("sweep_day"), LocalDate.class);
        static final Field<UUID> SWEEP_AFTER = field(name("sweep_after"), UUID.class);
        static final Field<UUID> SWEEP_UP_TO = field(name("sweep_up_to"), UUID.class);
        static final Field<Long> TURN = field(name("turn"), Long.class);
        static final Field<Long> DONE = field(name("done"), Long.class);
        static final Field<Long> FAILED = field(name("failed"), Long.class);
        static final Field<Long> MILLIS = field(name("millis"), Long.class);
        static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> UPDATED_AT = field(name("updated_at"), OffsetDateTime.class);

        private One() {}

        static Condition is(UUID tenant, UUID id) {
            return TENANT.eq(tenant).and(ID.eq(id));
        }
    }

    /// What automations were to do at each time.
    static final class Version {

        static final Table<Record> TABLE = table(name("relata", "automation_version"));
        static final Field<JSONB> DEFINITION = field(name("definition"), JSONB.class);
        static final Field<UUID> MADE_BY = field(name("made_by"), UUID.class);
        static final Field<OffsetDateTime> MADE_AT = field(name("made_at"), OffsetDateTime.class);

        private Version() {}
    }

    /// Records that automations have taken on.
    static final class Run {

        static final Table<Record> TABLE = table(name("relata", "automation_run"));
        static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
        static final Field<Short> DEPTH = field(name("depth"), Short.class);
        static final Field<String> STATE = field(name("state"), String.class);
        static final Field<Integer> STEP = field(name("step"), Integer.class);
        static final Field<Short> ATTEMPTS = field(name("attempts"), Short.class);
        static final Field<OffsetDateTime> NEXT_AT = field(name("next_at"), OffsetDateTime.class);
        static final Field<JSONB> REASON = field(name("reason"), JSONB.class);
        static final Field<JSONB> LOG = field(name("log"), JSONB.class);
        static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> ENDED_AT = field(name("ended_at"), OffsetDateTime.class);

        private Run() {}

        static Condition of(UUID tenant, UUID automation) {
            return TENANT.eq(tenant).and(AUTOMATION.eq(automation));
        }
    }
}
