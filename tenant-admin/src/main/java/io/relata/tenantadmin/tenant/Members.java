package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory;
import io.relata.tenantadmin.directory.Directory.Password;
import io.relata.tenantadmin.directory.Directory.ServiceAccount;
import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import io.relata.tenantadmin.signin.Operator;
import io.relata.tenantadmin.tenant.Tenants.NewMember;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The people and machines of a tenant.
public final class Members {
    private final Transactions transactions;
    private final Directory directory;
    private final Changes changes;
    private final RandomGenerator random;
    private final Clock clock;

    public Members(
            Transactions transactions, Directory directory, Changes changes, RandomGenerator random, Clock clock) {
        this.transactions = transactions;
        this.directory = directory;
        this.changes = changes;
        this.random = random;
        this.clock = clock;
    }

    public List<Membership> list(UUID tenantId) {
        return transactions.call(entities -> {
            ControlQueries control = new ControlQueries(entities);
            control.tenant(tenantId);
            return control.members(tenantId);
        });
    }

    /// Someone who was removed comes back as the same user, so that the tenant's history stays theirs.
    public NewMember add(Operator operator, UUID tenantId, NewPerson person) {
        Tenant tenant = transactions.call(entities -> new ControlQueries(entities).tenant(tenantId));
        Optional<Membership> former =
                transactions.call(entities -> new ControlQueries(entities).formerPerson(tenantId, person.username()));
        return Refusals.explain("", () -> {
            if (former.isPresent()) {
                return restore(operator, tenant, former.get().userId(), person);
            }
            List<String> taken = directory.taken(person.username(), person.email());
            if (!taken.isEmpty()) {
                throw Refusals.taken("", taken);
            }
            Password password = Passwords.first(person.password(), random);
            return changes.make(
                    new Changes.Traces(null, person.username(), null),
                    change -> create(change, operator, tenant, person, password));
        });
    }

    /// Writes the removal first: the platform refuses the member from then on, whatever Keycloak answers.
    public void remove(Operator operator, UUID tenantId, UUID userId) {
        Removal removal = transactions.call(entities -> {
            ControlQueries control = new ControlQueries(entities);
            // Two administrators who are removed at the same moment must not both find the other still there.
            entities.find(Tenant.class, tenantId, LockModeType.PESSIMISTIC_WRITE);
            Membership member = control.member(tenantId, userId);
            refuseLastAdministrator(control, tenantId, member);
            if (member.status() == Membership.Status.ACTIVE) {
                member.remove();
                entities.persist(
                        new OperatorAction(operator, "member.remove", tenantId, member.username(), clock.instant()));
            }
            return new Removal(control.tenant(tenantId).organizationId(), member.kind(), member.username());
        });
        Refusals.explain("", () -> {
            if (removal.kind() == Membership.Kind.SERVICE) {
                directory.deleteServiceAccount(removal.username());
            } else {
                directory.removeMember(removal.organizationId(), userId);
            }
            return removal;
        });
    }

    public ServiceAccount addServiceAccount(Operator operator, UUID tenantId, NewServiceAccount wanted) {
        Tenant tenant = transactions.call(entities -> new ControlQueries(entities).tenant(tenantId));
        String clientId = tenant.slug() + "-" + wanted.name();
        return Refusals.explain(
                "",
                () -> changes.make(new Changes.Traces(null, null, clientId), change -> {
                    ServiceAccount account = directory.createServiceAccount(
                            clientId,
                            tenant.name() + " – " + wanted.name(),
                            new Directory.Organization(tenant.organizationId(), tenant.slug()));
                    change.undoBy(() -> directory.deleteServiceAccount(clientId));
                    return entities -> {
                        MembershipKey key = new MembershipKey(tenantId, account.userId());
                        entities.persist(Membership.ofService(key, clientId, wanted, clock.instant()));
                        entities.persist(new OperatorAction(
                                operator, "service-account.create", tenantId, clientId, clock.instant()));
                        return account;
                    };
                }));
    }

    private record Removal(String organizationId, Membership.Kind kind, String username) {}

    private NewMember restore(Operator operator, Tenant tenant, UUID userId, NewPerson person) {
        Password password = Passwords.first(person.password(), random);
        directory.renewPerson(userId, Tenants.account(person, tenant.locale()), password);
        directory.addMember(tenant.organizationId(), userId);
        return transactions.call(entities -> {
            new ControlQueries(entities).member(tenant.id(), userId).restore(person);
            entities.persist(
                    new OperatorAction(operator, "member.restore", tenant.id(), person.username(), clock.instant()));
            return newMember(userId, person, password);
        });
    }

    private Function<EntityManager, NewMember> create(
            Changes.Change change, Operator operator, Tenant tenant, NewPerson person, Password password) {
        UUID userId = directory.createPerson(Tenants.account(person, tenant.locale()), password);
        change.undoBy(() -> directory.deletePerson(userId));
        directory.addMember(tenant.organizationId(), userId);
        return entities -> {
            entities.persist(Membership.ofPerson(new MembershipKey(tenant.id(), userId), person, clock.instant()));
            entities.persist(
                    new OperatorAction(operator, "member.add", tenant.id(), person.username(), clock.instant()));
            return newMember(userId, person, password);
        };
    }

    private static NewMember newMember(UUID userId, NewPerson person, Password password) {
        return new NewMember(userId, person.username(), password.temporary() ? password.value() : null);
    }

    private static void refuseLastAdministrator(ControlQueries control, UUID tenantId, Membership leaving) {
        boolean another = control.members(tenantId).stream()
                .anyMatch(member ->
                        isActiveAdministrator(member) && !member.userId().equals(leaving.userId()));
        if (isActiveAdministrator(leaving) && !another) {
            throw new ProblemException(ProblemCode.VALIDATION, List.of(Violation.of("userId", "last-administrator")));
        }
    }

    private static boolean isActiveAdministrator(Membership member) {
        return member.kind() == Membership.Kind.PERSON
                && member.role() == Membership.Role.ADMINISTRATOR
                && member.status() == Membership.Status.ACTIVE;
    }
}
