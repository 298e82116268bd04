package io.relata.tenantadmin.directory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Where people and machines sign in. Every method either has its whole effect or throws a DirectoryException.
public interface Directory {
    /// A person's account, before it exists.
    record Account(String username, String email, String firstName, String lastName, String locale) {}

    /// What signs a person in the first time.
    record Password(String value, boolean temporary) {
        /// Without the value, which must not reach a log.
        @Override
        public String toString() {
            return "Password[temporary=" + temporary + "]";
        }
    }

    /// A machine's account; the secret is shown once and kept by the directory alone.
    record ServiceAccount(UUID userId, String clientId, String clientSecret) {
        /// Without the secret, which must not reach a log.
        @Override
        public String toString() {
            return "ServiceAccount[" + clientId + "]";
        }
    }

    /// An organization as a token names it.
    record Organization(String id, String alias) {}

    /// Which of `username` and `email` another account already has.
    List<String> taken(String username, String email);

    /// Marks the organization with `changeId`, so that what a crash left over can be told from what is in use.
    String createOrganization(String alias, String displayName, UUID changeId);

    void deleteOrganization(String organizationId);

    UUID createPerson(Account account, Password password);

    /// Gives an existing person new details and a new password.
    void renewPerson(UUID userId, Account account, Password password);

    void deletePerson(UUID userId);

    void addMember(String organizationId, UUID userId);

    /// Takes the person out of the organization and ends the person's sessions.
    void removeMember(String organizationId, UUID userId);

    /// A client whose tokens carry the organization by construction, so it can never speak for another.
    ServiceAccount createServiceAccount(String clientId, String displayName, Organization organization);

    void deleteServiceAccount(String clientId);

    /// Removes an organization left over by that change, and only that.
    void forgetOrganization(String alias, UUID changeId);

    /// The account of this name if it was made in the given time.
    List<UUID> findPerson(String username, Instant from, Instant to);

    /// The user behind a service account.
    List<UUID> findServiceAccount(String clientId);
}
