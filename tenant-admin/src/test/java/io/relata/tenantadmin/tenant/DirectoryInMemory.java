package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory;
import io.relata.tenantadmin.directory.DirectoryException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A directory that keeps its promises, and fails at the step it is told to, before or after that step's effect.
final class DirectoryInMemory implements Directory {
    /// What exists: organizations, persons and service accounts by their ids, and who is a member.
    record Made(String name, UUID change, Instant at) {}

    final Map<String, Made> organizations = new LinkedHashMap<>();
    final Map<UUID, Made> persons = new LinkedHashMap<>();
    final Map<UUID, Made> services = new LinkedHashMap<>();
    final List<String> members = new ArrayList<>();
    final List<String> emails = new ArrayList<>();

    private final Clock clock;
    private int steps;
    private int failBefore = -1;
    private int failAfter = -1;
    private Throwable failure = DirectoryException.unavailable("told to fail", null);
    private Runnable beforeEachStep = () -> {};

    DirectoryInMemory(Clock clock) {
        this.clock = clock;
    }

    /// Counting starts again; `step` 0 is the next changing call.
    void failBefore(int step) {
        steps = 0;
        failBefore = step;
    }

    void crashAfter(int step) {
        steps = 0;
        failAfter = step;
        failure = new Crash();
    }

    void recover() {
        failBefore = -1;
        failAfter = -1;
    }

    void beforeEachStep(Runnable action) {
        beforeEachStep = action;
    }

    boolean isEmpty() {
        return organizations.isEmpty() && persons.isEmpty() && services.isEmpty() && members.isEmpty();
    }

    /// As when the process is killed: nobody catches it, so nothing is undone.
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private void begin() {
        beforeEachStep.run();
        if (steps == failBefore) {
            throw DirectoryException.unavailable("told to fail", failure);
        }
    }

    private void end() {
        if (steps++ == failAfter) {
            throw (Crash) failure;
        }
    }

    @Override
    public List<String> taken(String username, String email) {
        List<String> taken = new ArrayList<>();
        if (persons.values().stream().anyMatch(person -> person.name().equals(username))) {
            taken.add("username");
        }
        if (emails.contains(email)) {
            taken.add("email");
        }
        return taken;
    }

    @Override
    public String createOrganization(String alias, String displayName, UUID changeId) {
        begin();
        if (organizations.values().stream().anyMatch(made -> made.name().equals(alias))) {
            throw DirectoryException.taken("slug", null);
        }
        String id = UUID.randomUUID().toString();
        organizations.put(id, new Made(alias, changeId, clock.instant()));
        end();
        return id;
    }

    @Override
    public void deleteOrganization(String organizationId) {
        organizations.remove(organizationId);
        members.removeIf(member -> member.startsWith(organizationId));
    }

    @Override
    public UUID createPerson(Account account, Password password) {
        begin();
        UUID id = UUID.randomUUID();
        persons.put(id, new Made(account.username(), id, clock.instant()));
        emails.add(account.email());
        end();
        return id;
    }

    @Override
    public void renewPerson(UUID userId, Account account, Password password) {
        begin();
        end();
    }

    @Override
    public void deletePerson(UUID userId) {
        persons.remove(userId);
        members.removeIf(member -> member.endsWith(userId.toString()));
    }

    @Override
    public void addMember(String organizationId, UUID userId) {
        begin();
        members.add(organizationId + userId);
        end();
    }

    @Override
    public void removeMember(String organizationId, UUID userId) {
        begin();
        members.remove(organizationId + userId);
        end();
    }

    @Override
    public ServiceAccount createServiceAccount(String clientId, String displayName, Organization organization) {
        begin();
        if (services.values().stream().anyMatch(made -> made.name().equals(clientId))) {
            throw DirectoryException.taken("name", null);
        }
        UUID id = UUID.randomUUID();
        services.put(id, new Made(clientId, id, clock.instant()));
        end();
        return new ServiceAccount(id, clientId, "secret");
    }

    @Override
    public void deleteServiceAccount(String clientId) {
        services.values().removeIf(made -> made.name().equals(clientId));
    }

    @Override
    public void forgetOrganization(String alias, UUID changeId) {
        organizations.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(alias)
                        && entry.getValue().change().equals(changeId))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::deleteOrganization);
    }

    @Override
    public List<UUID> findPerson(String username, Instant from, Instant to) {
        return persons.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(username)
                        && !entry.getValue().at().isBefore(from)
                        && !entry.getValue().at().isAfter(to))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public List<UUID> findServiceAccount(String clientId) {
        return services.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(clientId))
                .map(Map.Entry::getKey)
                .toList();
    }
}
