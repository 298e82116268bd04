package io.relata.deploy;

import io.relata.deploy.demo.Demo;
import io.relata.deploy.demo.DemoFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The whole product, running on this machine: PostgreSQL, Keycloak, the platform and tenant-admin.
///
/// [#start] returns when everything is healthy. The processes outlive this object; [#stop] ends them.
public final class RunningProduct {

    private final Home home;
    private final Addresses addresses;
    private final Secrets secrets;
    private final Parts parts;
    private final boolean wasRunning;

    private RunningProduct(Home home, Addresses addresses, Secrets secrets, Parts parts, boolean wasRunning) {
        this.home = home;
        this.addresses = addresses;
        this.secrets = secrets;
        this.parts = parts;
        this.wasRunning = wasRunning;
    }

    /// What to start, and where.
    ///
    /// @param home     the directory for everything the product keeps
    /// @param dist     the assembled product
    /// @param portBase the first of five ports
    /// @param listen   the address the web servers listen on
    /// @param demo     whether to create the demo tenants
    /// @param training whether to train AOT caches for later starts
    public record Settings(Path home, Path dist, int portBase, String listen, boolean demo, boolean training) {

        /// For tests: loopback only, demo tenants, no training.
        public static Settings forTests(Path home, Path dist, int portBase) {
            return new Settings(home, dist, portBase, Addresses.LOOPBACK, true, false);
        }
    }

    /// Starts what does not run yet, with demo tenants if wanted, and waits until all is healthy.
    ///
    /// @throws LauncherException when that is not possible; what this call started is stopped then
    public static RunningProduct start(Settings settings, Progress progress) {
        Dist dist = Dist.at(settings.dist());
        Home home = new Home(settings.home());
        home.open(dist.version());
        HomeLock lock = HomeLock.acquire(home);
        try {
            Addresses addresses = new Addresses(new Ports(settings.portBase()), settings.listen());
            Secrets secrets = Secrets.in(home);
            Parts parts = Parts.of(home, dist, addresses, secrets, settings.training());
            LastStart wanted = new LastStart(addresses, dist.build());
            stopIfOther(home, wanted, parts, progress);
            List<Part> toStart =
                    parts.all().stream().filter(part -> !part.healthy()).toList();
            if (!toStart.isEmpty()) {
                begin(home, dist, wanted, parts, toStart);
                new Startup(home, dist, addresses, secrets, parts, progress).run(toStart);
            }
            RunningProduct product = new RunningProduct(home, addresses, secrets, parts, toStart.isEmpty());
            new Demo(product, dist.demo(), progress).provision(settings.demo());
            return product;
        } catch (IOException e) {
            throw new LauncherException("The home directory " + home.root() + " cannot be written: " + e + ".", e);
        } finally {
            lock.close();
        }
    }

    public Home home() {
        return home;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Parts parts() {
        return parts;
    }

    /// Whether everything ran already, so that there was nothing to start.
    public boolean wasRunning() {
        return wasRunning;
    }

    /// The addresses and sign-ins that scripts use.
    public DemoFile demo() {
        return DemoFile.read(home.demo());
    }

    /// Stops all parts in order: first those that use others.
    public void stop(Progress progress) {
        stop(parts, progress);
    }

    static void stop(Parts parts, Progress progress) {
        // The servers may take a while, to write their AOT caches; they do not need each other.
        CompletableFuture<Void> tenantAdmin = CompletableFuture.runAsync(() -> stop(parts.tenantAdmin(), progress));
        try {
            stop(parts.app(), progress);
        } finally {
            tenantAdmin.join();
        }
        stop(parts.keycloak(), progress);
        stop(parts.postgres(), progress);
    }

    private static void stop(Part part, Progress progress) {
        if (part.process().isEmpty()) {
            return;
        }
        try {
            progress.during(part.stopping(), () -> {
                part.stop();
                return part;
            });
        } catch (LauncherException e) {
            throw e;
        } catch (Exception e) {
            throw new LauncherException(part.name() + " cannot be stopped: " + e.getMessage() + ".", e);
        }
    }

    private static void begin(Home home, Dist dist, LastStart wanted, Parts parts, List<Part> toStart)
            throws IOException {
        List<Part> dead = parts.all().stream()
                .filter(toStart::contains)
                .filter(part -> part.process().isEmpty())
                .toList();
        new Preflight(home, dist, wanted.addresses()).check(dead);
        Runtimes.clearUnfinished(home);
        wanted.remember(home);
    }

    /// What runs on other ports, or is of another build, has to make way.
    private static void stopIfOther(Home home, LastStart wanted, Parts parts, Progress progress) {
        if (parts.all().stream().allMatch(part -> part.process().isEmpty())) {
            return;
        }
        LastStart last = LastStart.of(home).orElse(wanted);
        if (!last.addresses().equals(wanted.addresses())) {
            progress.say("Relata runs at another address; moving it.");
            stop(parts, progress);
        } else if (!last.build().equals(wanted.build())) {
            progress.say("Relata was rebuilt since it started; restarting it.");
            stop(parts, progress);
        }
    }
}
