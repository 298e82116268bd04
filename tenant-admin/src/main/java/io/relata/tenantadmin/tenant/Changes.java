package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory;
import io.relata.tenantadmin.directory.DirectoryException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes a change in the directory and the control schema whole or not at all.
///
/// A row in `unfinished_change` is committed before the directory is touched and deleted in the transaction that
/// makes the change known. So the row tells, even after a crash or a lost commit answer, whether the change happened:
/// while it stands, the change did not, and what the directory has of it is removed.
public final class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class.getName());

    /// Longer than any change in progress can take, with the directory's timeouts.
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final Directory directory;
    private final Clock clock;

    public Changes(Transactions transactions, Directory directory, Clock clock) {
        this.transactions = transactions;
        this.directory = directory;
        this.clock = clock;
    }

    /// The names under which a change may leave things in the directory.
    record Traces(
            @Nullable String organization,
            @Nullable String username,
            @Nullable String client) {}

    /// Takes note of how each step of a change is undone.
    static final class Change {
        private final UUID id;
        private final Deque<Runnable> undo = new ArrayDeque<>();

        private Change(UUID id) {
            this.id = id;
        }

        UUID id() {
            return id;
        }

        void undoBy(Runnable step) {
            undo.push(step);
        }
    }

    /// The steps of a change: first the directory's, answering what to write in the control schema.
    interface Steps<T> {
        Function<EntityManager, T> inDirectory(Change change);
    }

    <T> T make(Traces traces, Steps<T> steps) {
        Change change = new Change(UUID.randomUUID());
        transactions.call(entities -> {
            entities.persist(new UnfinishedChange(
                    change.id(), traces.organization(), traces.username(), traces.client(), clock.instant()));
            return change;
        });
        try {
            Function<EntityManager, T> write = steps.inDirectory(change);
            return transactions.call(entities -> {
                T result = write.apply(entities);
                if (delete(entities, change.id()) == 0) {
                    throw new PersistenceException("The change took so long that it was cleared away as abandoned");
                }
                return result;
            });
        } catch (RuntimeException failure) {
            undo(change, failure);
            throw failure;
        }
    }

    /// Removes what crashed changes left in the directory.
    public void clearAbandoned() {
        Instant before = clock.instant().minus(ABANDONED);
        List<UnfinishedChange> abandoned = transactions.call(entities -> entities.createQuery(
                        "select c from UnfinishedChange c where c.startedAt < :before", UnfinishedChange.class)
                .setParameter("before", before)
                .getResultList());
        for (UnfinishedChange change : abandoned) {
            try {
                clear(change);
                forget(change.id());
                LOG.log(Level.INFO, "Removed what the unfinished change {0} had left in Keycloak", change.id());
            } catch (DirectoryException | PersistenceException tryAgainLater) {
                LOG.log(Level.WARNING, "The unfinished change " + change.id() + " is not cleared yet", tryAgainLater);
            }
        }
    }

    private void undo(Change change, RuntimeException failure) {
        try {
            if (!isUnfinished(change.id())) {
                return;
            }
            while (!change.undo.isEmpty()) {
                change.undo.pop().run();
            }
            forget(change.id());
        } catch (DirectoryException | PersistenceException clearedLater) {
            LOG.log(Level.WARNING, "The change " + change.id() + " is undone later", clearedLater);
            failure.addSuppressed(clearedLater);
        }
    }

    private void clear(UnfinishedChange change) {
        String username = change.username();
        if (username != null) {
            directory
                    .findPerson(username, change.startedAt(), change.startedAt().plus(ABANDONED))
                    .stream()
                    .filter(this::isNobodys)
                    .forEach(directory::deletePerson);
        }
        String client = change.client();
        if (client != null && directory.findServiceAccount(client).stream().allMatch(this::isNobodys)) {
            directory.deleteServiceAccount(client);
        }
        String organization = change.organization();
        if (organization != null) {
            directory.forgetOrganization(organization, change.id());
        }
    }

    private boolean isNobodys(UUID userId) {
        return !transactions.call(entities -> new ControlQueries(entities).isAnyonesMembership(userId));
    }

    private boolean isUnfinished(UUID id) {
        return transactions.call(entities -> entities.find(UnfinishedChange.class, id) != null);
    }

    private void forget(UUID id) {
        transactions.call(entities -> delete(entities, id));
    }

    private static int delete(EntityManager entities, UUID id) {
        return entities.createQuery("delete from UnfinishedChange c where c.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
