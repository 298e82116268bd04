package io.relata.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.Recall;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/// Reads what a user may do: one statement, whose answer is kept for a moment.
final class AccessReader {

    private static final String QUESTION = """
            with recursive team as (
              select team_id as id from relata.access_member
              where tenant_id = {0} and user_id = {1}
                and (first_day is null or first_day <= (now() at time zone {2})::date)
                and (last_day is null or last_day >= (now() at time zone {2})::date)),
            me as (
              select unit_id, roles from relata.access_principal where tenant_id = {0} and id = {1}),
            below(id) as (
              select unit_id from me where unit_id is not null
              union
              select unit.id from relata.access_unit unit join below on unit.parent_id = below.id
              where unit.tenant_id = {0}),
            reports(id, direct) as (
              select id, true from relata.access_principal where tenant_id = {0} and manager_id = {1}
              union
              select led.id, false from relata.access_principal led join reports on led.manager_id = reports.id
              where led.tenant_id = {0}),
            held as (
              select unnest(roles) as name from me
              union
              select unnest(principal.roles) from relata.access_principal principal
              where principal.tenant_id = {0} and principal.id in (select id from team)
              union
              select 'member' where not exists (select 1 from me))
            select jsonb_build_object(
              'unit', (select unit_id from me),
              'teams', (select jsonb_agg(id) from team),
              'below', (select jsonb_agg(id) from below),
              'direct', (select jsonb_agg(id) from reports where direct),
              'further', (select jsonb_agg(distinct id) from reports where not direct),
              'held', (select jsonb_agg(name) from held),
              'roles', (select jsonb_object_agg(role.name, role.definition) from relata.access_role role
                        where role.tenant_id = {0} and role.name in (select name from held)),
              'rules', (select jsonb_agg(to_jsonb(rule)) from relata.access_rule rule
                        where rule.tenant_id = {0} and rule.principal_id in
                          (select {1} union select id from team union select unit_id from me)))
            """;

    private AccessReader() {}

    private record Key(UUID user) {}

    static CallerAccess read(DSLContext sql, UUID tenant, UUID user, ZoneId zone) {
        return Recall.of(sql).get(tenant, new Key(user), CallerAccess.class, () -> ask(sql, tenant, user, zone));
    }

    /// Opens a transaction only when nothing is remembered.
    static CallerAccess read(TenantTransaction transactions, CallContext context) {
        UUID tenant = context.tenant();
        return transactions
                .recall()
                .get(
                        tenant,
                        new Key(context.user()),
                        CallerAccess.class,
                        () -> transactions.call(context, sql -> ask(sql, tenant, context.user(), context.zone())));
    }

    private static CallerAccess ask(DSLContext sql, UUID tenant, UUID user, ZoneId zone) {
        JSONB answer =
                Objects.requireNonNull(sql.resultQuery(QUESTION, DSL.val(tenant), DSL.val(user), DSL.val(zone.getId()))
                        .fetchSingle(0, JSONB.class));
        JsonNode found = StoredDocument.parse(answer);
        List<Role> roles = new ArrayList<>();
        for (JsonNode name : found.path("held")) {
            JsonNode definition = found.path("roles").path(name.asText());
            if (!definition.isMissingNode()) {
                roles.add(Role.stored(name.asText(), definition));
            } else if (name.asText().equals(Role.MEMBER)) {
                roles.add(Role.everything(Role.MEMBER));
            }
        }
        List<CallerAccess.Rule> rules = new ArrayList<>();
        for (JsonNode rule : found.path("rules")) {
            rules.add(new CallerAccess.Rule(
                    id(rule.path("id")),
                    id(rule.path("entity_id")),
                    rule.path("filter").asText(),
                    rule.path("level").asText().equals("update")));
        }
        return new CallerAccess(
                tenant,
                user,
                roles,
                ids(found.path("teams")),
                found.path("unit").isTextual() ? Optional.of(id(found.path("unit"))) : Optional.empty(),
                ids(found.path("below")),
                new Reports(ids(found.path("direct")), ids(found.path("further"))),
                rules);
    }

    private static List<UUID> ids(JsonNode list) {
        List<UUID> ids = new ArrayList<>();
        list.forEach(one -> ids.add(id(one)));
        return ids;
    }

    private static UUID id(JsonNode text) {
        return UUID.fromString(text.asText());
    }
}
