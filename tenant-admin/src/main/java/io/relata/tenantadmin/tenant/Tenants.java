package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory;
import io.relata.tenantadmin.directory.Directory.Account;
import io.relata.tenantadmin.directory.Directory.Password;
import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import io.relata.tenantadmin.signin.Operator;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The life of a tenant: provisioned, suspended, resumed.
public final class Tenants {
    private static final String ADMINISTRATOR = "administrator.";
    private static final int SLUG_TRIES = 5;

    private final Transactions transactions;
    private final Directory directory;
    private final Changes changes;
    private final RandomGenerator random;
    private final Clock clock;

    public Tenants(
            Transactions transactions, Directory directory, Changes changes, RandomGenerator random, Clock clock) {
        this.transactions = transactions;
        this.directory = directory;
        this.changes = changes;
        this.random = random;
        this.clock = clock;
    }

    /// A new tenant and how its first administrator signs in.
    public record Provisioned(Details details, NewMember administrator) {}

    /// Someone who was just added; `temporaryPassword` is known only now.
    public record NewMember(
            UUID id, String username, @Nullable String temporaryPassword) {
        /// Without the password, which must not reach a log.
        @Override
        public String toString() {
            return "NewMember[" + id + "]";
        }
    }

    /// A tenant with what only its own page shows.
    public record Details(TenantSummary summary, List<String> plugins) {}

    /// One page of the list and how many tenants there are in all.
    public record Page(List<TenantSummary> tenants, Map<TenantStatus, Long> counts) {}

    public Page list(TenantQuery query) {
        return transactions.call(entities -> {
            ControlQueries control = new ControlQueries(entities);
            return new Page(control.list(query), control.countByStatus());
        });
    }

    public Details get(UUID tenantId) {
        return transactions.call(entities -> details(entities, tenantId));
    }

    public List<OperatorAction> trail(UUID tenantId) {
        return transactions.call(entities -> {
            ControlQueries control = new ControlQueries(entities);
            control.tenant(tenantId);
            return control.trail(tenantId);
        });
    }

    public Provisioned create(Operator operator, NewTenant wanted) {
        return Refusals.explain(ADMINISTRATOR, () -> {
            String slug = chooseSlug(wanted);
            refuseTaken(slug, wanted.administrator());
            Password password = Passwords.first(wanted.administrator().password(), random);
            return changes.make(
                    new Changes.Traces(slug, wanted.administrator().username(), null),
                    change -> provision(change, operator, slug, wanted, password));
        });
    }

    public Details suspend(Operator operator, UUID tenantId, @Nullable String reason) {
        return transactions.call(entities -> {
            new ControlQueries(entities).tenant(tenantId).suspend(reason);
            entities.persist(new OperatorAction(operator, "tenant.suspend", tenantId, reason, clock.instant()));
            entities.flush();
            return details(entities, tenantId);
        });
    }

    public Details resume(Operator operator, UUID tenantId) {
        return transactions.call(entities -> {
            new ControlQueries(entities).tenant(tenantId).resume();
            entities.persist(new OperatorAction(operator, "tenant.resume", tenantId, null, clock.instant()));
            entities.flush();
            return details(entities, tenantId);
        });
    }

    private Function<EntityManager, Provisioned> provision(
            Changes.Change change, Operator operator, String slug, NewTenant wanted, Password password) {
        String organizationId = directory.createOrganization(slug, wanted.name(), change.id());
        change.undoBy(() -> directory.deleteOrganization(organizationId));
        NewPerson person = wanted.administrator();
        UUID userId = directory.createPerson(account(person, wanted.locale()), password);
        change.undoBy(() -> directory.deletePerson(userId));
        directory.addMember(organizationId, userId);
        return entities -> {
            Tenant tenant = new Tenant(UUID.randomUUID(), slug, wanted, organizationId, clock.instant());
            entities.persist(tenant);
            entities.flush();
            wanted.plugins().forEach(plugin -> entities.persist(new Entitlement(tenant.id(), plugin)));
            entities.persist(Membership.ofPerson(new MembershipKey(tenant.id(), userId), person, clock.instant()));
            entities.persist(new OperatorAction(operator, "tenant.create", tenant.id(), slug, clock.instant()));
            entities.flush();
            return new Provisioned(
                    details(entities, tenant.id()),
                    new NewMember(userId, person.username(), password.temporary() ? password.value() : null));
        };
    }

    static Account account(NewPerson person, String locale) {
        return new Account(person.username(), person.email(), person.firstName(), person.lastName(), locale);
    }

    private String chooseSlug(NewTenant wanted) {
        if (wanted.slug() != null) {
            return wanted.slug();
        }
        return transactions.call(entities -> {
            ControlQueries control = new ControlQueries(entities);
            String slug = Slugs.fromName(wanted.name()).orElseGet(() -> Slugs.random(random));
            for (int i = 0; i < SLUG_TRIES && control.isSlugTaken(slug); i++) {
                slug = Slugs.random(random);
            }
            return slug;
        });
    }

    /// Asked before anything is made, so that one answer names every field that has to change.
    private void refuseTaken(String slug, NewPerson administrator) {
        List<Violation> violations = new ArrayList<>();
        if (transactions.call(entities -> new ControlQueries(entities).isSlugTaken(slug))) {
            violations.add(Violation.of("slug", "taken"));
        }
        directory
                .taken(administrator.username(), administrator.email())
                .forEach(field -> violations.add(Violation.of(ADMINISTRATOR + field, "taken")));
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemCode.CONFLICT, violations);
        }
    }

    private static Details details(EntityManager entities, UUID tenantId) {
        ControlQueries control = new ControlQueries(entities);
        return new Details(control.summary(tenantId), control.plugins(tenantId));
    }
}
