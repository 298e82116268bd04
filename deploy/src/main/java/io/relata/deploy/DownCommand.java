package io.relata.deploy;

import java.nio.file.Path;
import java.util.Optional;

/// `deploy/down`: stops what runs in a home directory.
record DownCommand(Options options, Path dist) {

    int run() {
        Progress progress = new Progress(System.out::println);
        Home home = new Home(options.home());
        Optional<Parts> parts = partsOf(home, dist);
        if (parts.isEmpty()
                || parts.get().all().stream().noneMatch(part -> part.process().isPresent())) {
            progress.say("Relata is not running in " + home.root() + ".");
            return 0;
        }
        HomeLock lock = HomeLock.acquire(home);
        try {
            RunningProduct.stop(parts.get(), progress);
        } finally {
            lock.close();
        }
        progress.say("Relata has stopped.");
        return 0;
    }

    /// The parts as they were started last; empty if this home never started any.
    static Optional<Parts> partsOf(Home home, Path dist) {
        if (!home.exists()) {
            return Optional.empty();
        }
        return LastStart.of(home)
                .map(last -> Parts.of(home, Dist.at(dist), last.addresses(), Secrets.ifReadable(home), true));
    }
}
