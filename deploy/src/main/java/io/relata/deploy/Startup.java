package io.relata.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Brings up the parts that do not run, as many at once as their needs allow.
final class Startup {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 400;

    private final Home home;
    private final Dist dist;
    private final Addresses addresses;
    private final Secrets secrets;
    private final Parts parts;
    private final Progress progress;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    Startup(Home home, Dist dist, Addresses addresses, Secrets secrets, Parts parts, Progress progress) {
        this.home = home;
        this.dist = dist;
        this.addresses = addresses;
        this.secrets = secrets;
        this.parts = parts;
        this.progress = progress;
    }

    /// Starts the parts and waits until all are healthy; after a failure those it had started are stopped again.
    void run(List<Part> toStart) {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            waitFor(begin(executor, toStart));
        } catch (RuntimeException e) {
            executor.shutdownNow();
            awaitEnd(executor);
            progress.say("That failed; stopping what was started.");
            new ArrayList<>(toStart).reversed().forEach(Part::stop);
            throw e;
        } finally {
            executor.shutdown();
        }
    }

    private CompletableFuture<Void> begin(ExecutorService executor, List<Part> toStart) {
        CompletableFuture<Void> postgres = step(executor, () -> bringUp(parts.postgres(), toStart));
        CompletableFuture<Void> liberty = step(executor, () -> {
            Runtimes.prepareLiberty(home, dist, progress);
            return null;
        });
        CompletableFuture<Void> keycloakProgram = step(executor, () -> {
            Runtimes.prepareKeycloak(home, dist, progress);
            return null;
        });
        CompletableFuture<Void> migration = step(executor, () -> migrate(toStart), postgres);
        CompletableFuture<Void> keycloak = step(executor, this::keycloak, postgres, keycloakProgram);
        CompletableFuture<Void> tenantAdmin =
                step(executor, () -> bringUp(parts.tenantAdmin(), toStart), liberty, migration);
        CompletableFuture<Void> app = step(executor, () -> bringUp(parts.app(), toStart), liberty, migration);
        return CompletableFuture.allOf(keycloak, tenantAdmin, app);
    }

    private CompletableFuture<Void> step(ExecutorService executor, Callable<?> work, CompletableFuture<?>... needed) {
        return CompletableFuture.allOf(needed)
                .thenRunAsync(
                        () -> {
                            try {
                                work.call();
                            } catch (Exception e) {
                                failure.completeExceptionally(e);
                                throw new CompletionException(e);
                            }
                        },
                        executor);
    }

    /// The first failure ends the waiting, even while other steps go on.
    private void waitFor(CompletableFuture<Void> everything) {
        try {
            CompletableFuture.anyOf(everything, failure).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("Interrupted while starting.", e);
        } catch (TimeoutException e) {
            throw new LauncherException(
                    "Not everything was ready after " + LIMIT.toMinutes() + " minutes; the logs are in " + home.logs()
                            + ".",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e.getCause();
            if (cause instanceof LauncherException launcher) {
                throw launcher;
            }
            throw new LauncherException("Relata cannot be started: " + cause + ".", cause);
        }
    }

    private static void awaitEnd(ExecutorService executor) {
        try {
            executor.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Object keycloak() throws Exception {
        bringUp(parts.keycloak(), parts.all());
        Realm.removeAfterImport(Runtimes.keycloak(home, dist));
        new RealmAddresses(home, addresses, secrets).follow(new Http());
        return parts.keycloak();
    }

    private Object migrate(List<Part> toStart) throws Exception {
        if (!toStart.contains(parts.app()) && !toStart.contains(parts.tenantAdmin())) {
            return parts;
        }
        Folders.mirror(dist.plugins(), home.plugins());
        return progress.during("Database schema", () -> {
            new Migration(home, dist, addresses, secrets).run();
            return parts;
        });
    }

    private Object bringUp(Part part, List<Part> toStart) throws Exception {
        if (!toStart.contains(part) || part.healthy()) {
            return part;
        }
        return progress.during(part.name(), () -> {
            boolean running = part.process().isPresent();
            if (!running) {
                part.start();
            }
            awaitHealth(part);
            return part;
        });
    }

    private static void awaitHealth(Part part) throws IOException, InterruptedException {
        while (!part.healthy()) {
            if (part.process().isEmpty()) {
                throw new LauncherException(part.name() + " ended while starting; " + part.log() + " says why.");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
