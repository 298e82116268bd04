package io.relata.core.export;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// What the people and programs of a tenant are called, those who left included.
final class MemberNames {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> NAME = field(name("display_name"), String.class);

    private MemberNames() {}

    static Map<UUID, String> of(DSLContext sql, UUID tenant, Collection<UUID> users) {
        return users.isEmpty()
                ? Map.of()
                : sql.select(USER, NAME)
                        .from(table(name("control", "membership")))
                        .where(TENANT.eq(tenant))
                        .and(USER.eq(DSL.any(users.toArray(UUID[]::new))))
                        .fetchMap(USER, NAME);
    }
}
