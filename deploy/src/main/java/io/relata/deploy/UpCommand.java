package io.relata.deploy;

import io.relata.deploy.demo.DemoFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// `deploy/up`: starts the product and, unless detached, stays until Ctrl-C.
record UpCommand(Options options, Path dist) {

    private static final long WATCH_MILLIS = 1000;
    private static final int INTERRUPTED = 130;

    int run() {
        long started = System.nanoTime();
        Progress progress = new Progress(System.out::println);
        Home home = new Home(options.home());
        if (options.fresh() && !startAfresh(home, progress)) {
            return 1;
        }
        progress.say("Starting Relata in " + home.root());
        AtomicBoolean stopping = new AtomicBoolean();
        Thread stopOnInterrupt = new Thread(() -> {
            stopping.set(true);
            stopAll(home, progress);
        });
        Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
        RunningProduct product;
        try {
            product = RunningProduct.start(
                    new RunningProduct.Settings(
                            home.root(), dist, portBase(home), options.listen(), options.demo(), true),
                    progress);
        } catch (LauncherException e) {
            if (cancel(stopOnInterrupt)) {
                throw e;
            }
            return INTERRUPTED;
        }
        progress.say(
                product.wasRunning()
                        ? "Relata is running already."
                        : "Relata is ready after " + Progress.seconds(started) + ".");
        progress.say(summary(product));
        if (options.detach() || product.wasRunning()) {
            return cancel(stopOnInterrupt) ? 0 : INTERRUPTED;
        }
        progress.say("Press Ctrl-C to stop.");
        return watch(product, progress, stopping);
    }

    /// Fails when somebody pressed Ctrl-C: then the hook is at work, and whatever breaks meanwhile is its doing.
    private static boolean cancel(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private int portBase(Home home) {
        if (options.portBaseGiven()) {
            return options.portBase();
        }
        // Whoever moved the ports once wants them there again.
        return LastStart.of(home).map(last -> last.addresses().ports().base()).orElse(options.portBase());
    }

    private boolean startAfresh(Home home, Progress progress) {
        if (!home.exists()) {
            return true;
        }
        if (!options.yes() && !agreed(home)) {
            progress.say("Nothing was deleted.");
            return false;
        }
        HomeLock lock = HomeLock.acquire(home);
        try {
            stopRunning(home, progress);
            home.deleteData();
        } finally {
            lock.close();
        }
        progress.say("Deleted the data in " + home.root());
        return true;
    }

    private static boolean agreed(Home home) {
        System.out.print("Delete all data in " + home.root() + "? [y/N] ");
        System.out.flush();
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String answer = input.readLine();
            return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }

    private void stopAll(Home home, Progress progress) {
        progress.say("Stopping Relata.");
        stopRunning(home, progress);
        progress.say("Stopped.");
    }

    private void stopRunning(Home home, Progress progress) {
        DownCommand.partsOf(home, dist).ifPresent(parts -> RunningProduct.stop(parts, progress));
    }

    private static String summary(RunningProduct product) {
        StringBuilder text = new StringBuilder("\n");
        DemoFile demo = product.demo();
        text.append("  Relata         ").append(demo.baseUrl()).append('\n');
        for (DemoFile.Tenant tenant : demo.tenants()) {
            for (DemoFile.User user : tenant.users()) {
                text.append("    ")
                        .append(tenant.name())
                        .append(": ")
                        .append(user.username())
                        .append(" / ")
                        .append(user.password())
                        .append(" (")
                        .append(user.role())
                        .append(")\n");
            }
        }
        text.append("  Tenant admin   ").append(demo.tenantAdminUrl()).append('\n');
        text.append("    ")
                .append(demo.operator().username())
                .append(" / ")
                .append(demo.operator().password())
                .append('\n');
        text.append("  For scripts    ").append(product.home().demo()).append('\n');
        text.append("  Logs           ").append(product.home().logs()).append('\n');
        return text.toString();
    }

    /// Says when a part ends; ends itself when all have, which means that somebody else stopped them.
    private static int watch(RunningProduct product, Progress progress, AtomicBoolean stopping) {
        Set<Part> missing = new HashSet<>();
        while (missing.size() < product.parts().all().size()) {
            for (Part part : product.parts().all()) {
                if (part.process().isPresent()) {
                    missing.remove(part);
                } else if (missing.add(part) && !stopping.get()) {
                    progress.say(part.name() + " has ended; deploy/up in another terminal starts it again.");
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
        }
        return 0;
    }
}
