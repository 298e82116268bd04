package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.sql.Rows;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Users or teams: their unit and their roles, and of a team the members.
final class Principals implements Setting {

    private static final Table<Record> TABLE = AccessTables.Principal.TABLE;
    private static final Table<Record> MEMBER = Columns.of("access_member");
    private static final Field<String> KIND = field(name("kind"), String.class);
    private static final Field<String[]> ROLES = field(name("roles"), String[].class);
    private static final Field<UUID> MANAGER = field(name("manager_id"), UUID.class);
    private static final Field<UUID> TEAM = field(name("team_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<LocalDate> FIRST = field(name("first_day"), LocalDate.class);
    private static final Field<LocalDate> LAST = field(name("last_day"), LocalDate.class);

    private final String kind;
    private final boolean team;

    Principals(String kind) {
        this.kind = kind;
        this.team = kind.equals("team");
    }

    private record Membership(
            UUID user, @Nullable LocalDate first, @Nullable LocalDate last) {}

    @Override
    public List<ObjectNode> list(DSLContext sql, MetadataSnapshot snapshot) {
        UUID tenant = snapshot.tenant();
        Map<UUID, ArrayNode> members = team ? members(sql, tenant) : Map.of();
        return sql.select(Columns.ID, Columns.NAME, Columns.UNIT, MANAGER, ROLES, Columns.BY, Columns.AT)
                .from(TABLE)
                .where(Columns.TENANT.eq(tenant))
                .and(KIND.eq(kind))
                .orderBy(Columns.NAME, Columns.ID)
                .fetch(row -> {
                    UUID id = row.get(Columns.ID);
                    ObjectNode answer =
                            Columns.answer(id.toString(), row).put("unit", Columns.text(row.get(Columns.UNIT)));
                    ArrayNode roles = answer.putArray("roles");
                    Arrays.stream(row.get(ROLES)).forEach(roles::add);
                    if (team) {
                        answer.put("name", row.get(Columns.NAME));
                        answer.set("members", members.getOrDefault(id, JsonNodeFactory.instance.arrayNode()));
                    } else {
                        answer.put("manager", Columns.text(row.get(MANAGER)));
                    }
                    return answer;
                });
    }

    private static Map<UUID, ArrayNode> members(DSLContext sql, UUID tenant) {
        Map<UUID, ArrayNode> members = new HashMap<>();
        sql.select(TEAM, USER, FIRST, LAST)
                .from(MEMBER)
                .where(Columns.TENANT.eq(tenant))
                .orderBy(TEAM, USER)
                .forEach(row -> members.computeIfAbsent(row.value1(), id -> JsonNodeFactory.instance.arrayNode())
                        .addObject()
                        .put("user", row.value2().toString())
                        .put("from", Columns.text(row.value3()))
                        .put("to", Columns.text(row.value4())));
        return members;
    }

    @Override
    public void put(Change change, String key, Input input) {
        UUID id = AccessSettings.id(key);
        UUID unit = input.optionalId("unit");
        if (unit != null && !Columns.exists(change, Units.TABLE, Columns.ID.eq(unit))) {
            input.reject("unit", "access-unknown-unit");
        }
        List<String> roles = input.texts("roles");
        Roles.known(change, input, "roles", roles);
        UUID manager = team ? null : manager(change, id, input);
        String called = team ? input.name("name") : null;
        List<Membership> members = team ? memberships(change, input) : List.of();
        if (!team && users(change, Set.of(id)).isEmpty()) {
            input.reject("id", "user-missing");
        }
        if (Columns.exists(change, TABLE, Columns.ID.eq(id).and(KIND.ne(kind)))) {
            input.reject("id", "access-other-kind");
        }
        input.done();
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(Columns.ID, id);
        row.put(KIND, kind);
        row.put(Columns.NAME, called);
        row.put(Columns.UNIT, unit);
        row.put(MANAGER, manager);
        row.put(ROLES, roles.toArray(String[]::new));
        Columns.put(change, TABLE, List.of(Columns.TENANT, Columns.ID), row);
        if (team) {
            store(change, id, members);
        }
    }

    private static @Nullable UUID manager(Change change, UUID user, Input input) {
        UUID manager = input.optionalId("manager");
        if (manager != null && users(change, Set.of(manager)).isEmpty()) {
            input.reject("manager", "user-missing");
        } else if (manager != null && leads(change, user, manager)) {
            input.reject("manager", "access-manager-loop");
        }
        return manager;
    }

    /// Whether somebody leads, directly or not, somebody, or is the same.
    private static boolean leads(Change change, UUID user, UUID other) {
        return change.sql()
                .fetchSingle(
                        "with recursive led(id) as (select {1} union select principal.id"
                                + " from relata.access_principal principal join led on principal.manager_id = led.id"
                                + " where principal.tenant_id = {0})"
                                + " select exists(select 1 from led where id = {2})",
                        DSL.val(change.tenant()), DSL.val(user), DSL.val(other))
                .get(0, Boolean.class);
    }

    private static List<Membership> memberships(Change change, Input input) {
        Set<UUID> seen = new HashSet<>();
        List<Input> sent = input.objects("members");
        List<Membership> members = sent.stream()
                .map(one -> {
                    Membership member = new Membership(one.id("user"), one.day("from"), one.day("to"));
                    if (!seen.add(member.user())) {
                        one.reject("user", "named-twice");
                    }
                    one.doneInside();
                    return member;
                })
                .toList();
        Set<UUID> known = users(change, seen);
        for (int i = 0; i < members.size(); i++) {
            if (!known.contains(members.get(i).user())) {
                sent.get(i).reject("user", "user-missing");
            }
        }
        return members;
    }

    private static Set<UUID> users(Change change, Set<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(change.sql()
                        .select(USER)
                        .from(table(name("control", "membership")))
                        .where(Columns.TENANT.eq(change.tenant()))
                        .and(USER.eq(DSL.any(ids.toArray(UUID[]::new))))
                        .fetch(USER));
    }

    private static void store(Change change, UUID team, List<Membership> members) {
        Columns.delete(change, MEMBER, TEAM.eq(team));
        if (!members.isEmpty()) {
            Rows rows = new Rows(List.of(USER, FIRST, LAST))
                    .same(Columns.TENANT, change.tenant())
                    .same(TEAM, team)
                    .same(Columns.BY, change.by())
                    .same(Columns.AT, change.at());
            members.forEach(member -> rows.add(Arrays.asList(member.user(), member.first(), member.last())));
            rows.insertInto(change.sql(), MEMBER);
        }
    }

    @Override
    public boolean delete(Change change, String key) {
        UUID id = AccessSettings.id(key);
        if (team) {
            Columns.delete(change, MEMBER, TEAM.eq(id));
        }
        return Columns.delete(change, TABLE, Columns.ID.eq(id).and(KIND.eq(kind)));
    }
}
