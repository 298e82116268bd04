package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// What is asked of the control schema, each in one statement.
final class ControlQueries {
    private static final String USERS = "(select count(m) from Membership m where m.key.tenantId = t.id"
            + " and m.kind = io.relata.tenantadmin.tenant.Membership.Kind.PERSON"
            + " and m.status = io.relata.tenantadmin.tenant.Membership.Status.ACTIVE)";
    private static final String RECORDS =
            "(select max(u.value) from Usage u where u.key.tenantId = t.id and u.key.metric = 'records')";
    private static final int TRAIL = 50;

    private final EntityManager entities;

    ControlQueries(EntityManager entities) {
        this.entities = entities;
    }

    List<TenantSummary> list(TenantQuery query) {
        StringBuilder where =
                new StringBuilder(" where (lower(t.name) like :text escape '!' or t.slug like :text escape '!')");
        if (query.status() != null) {
            where.append(" and t.status = :status");
        }
        if (query.after() != null) {
            where.append(" and (t.name > (select a.name from Tenant a where a.id = :after)"
                    + " or (t.name = (select a.name from Tenant a where a.id = :after) and t.id > :after))");
        }
        var list = entities.createQuery(
                        "select t, " + USERS + ", " + RECORDS + " from Tenant t" + where + " order by t.name, t.id",
                        Object[].class)
                .setParameter("text", "%" + escape(query.search().toLowerCase(Locale.ROOT)) + "%")
                .setMaxResults(query.top());
        if (query.status() != null) {
            list.setParameter("status", query.status());
        }
        if (query.after() != null) {
            list.setParameter("after", query.after());
        }
        return list.getResultList().stream().map(ControlQueries::summary).toList();
    }

    Map<TenantStatus, Long> countByStatus() {
        return entities
                .createQuery("select t.status, count(t) from Tenant t group by t.status", Object[].class)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (TenantStatus) row[0], row -> (Long) row[1]));
    }

    TenantSummary summary(UUID tenantId) {
        return entities
                .createQuery("select t, " + USERS + ", " + RECORDS + " from Tenant t where t.id = :id", Object[].class)
                .setParameter("id", tenantId)
                .getResultList()
                .stream()
                .map(ControlQueries::summary)
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    Tenant tenant(UUID tenantId) {
        Tenant tenant = entities.find(Tenant.class, tenantId);
        if (tenant == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return tenant;
    }

    boolean isSlugTaken(String slug) {
        return !entities.createQuery("select t.id from Tenant t where t.slug = :slug", UUID.class)
                .setParameter("slug", slug)
                .getResultList()
                .isEmpty();
    }

    List<String> plugins(UUID tenantId) {
        return entities.createQuery(
                        "select e.key.plugin from Entitlement e where e.key.tenantId = :tenant order by e.key.plugin",
                        String.class)
                .setParameter("tenant", tenantId)
                .getResultList();
    }

    List<Membership> members(UUID tenantId) {
        return entities.createQuery(
                        "select m from Membership m where m.key.tenantId = :tenant order by m.kind, m.username",
                        Membership.class)
                .setParameter("tenant", tenantId)
                .getResultList();
    }

    Membership member(UUID tenantId, UUID userId) {
        Membership member = entities.find(Membership.class, new MembershipKey(tenantId, userId));
        if (member == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return member;
    }

    /// The person of this tenant who once had this user name and was removed.
    Optional<Membership> formerPerson(UUID tenantId, String username) {
        return members(tenantId).stream()
                .filter(member -> member.kind() == Membership.Kind.PERSON
                        && member.status() == Membership.Status.REMOVED
                        && member.username().equals(username))
                .findFirst();
    }

    boolean isAnyonesMembership(UUID userId) {
        return !entities.createQuery("select m.key.tenantId from Membership m where m.key.userId = :user", UUID.class)
                .setParameter("user", userId)
                .getResultList()
                .isEmpty();
    }

    List<OperatorAction> trail(UUID tenantId) {
        return entities.createQuery(
                        "select a from OperatorAction a where a.tenantId = :tenant order by a.id desc",
                        OperatorAction.class)
                .setParameter("tenant", tenantId)
                .setMaxResults(TRAIL)
                .getResultList();
    }

    private static TenantSummary summary(Object[] row) {
        return new TenantSummary((Tenant) row[0], (Long) row[1], row[2] == null ? 0 : (Long) row[2]);
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
