package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Test
    void findsAndStopsWhatAnotherLauncherStarted(@TempDir Path folder) throws Exception {
        Home home = home(folder);
        ProcessHandle started = start(home, "sleep 60");

        ChildProcess remembered = new ChildProcess(home, "sleeper");
        assertThat(remembered.find()).contains(started);
        remembered.stop(PATIENCE);

        assertThat(started.isAlive()).isFalse();
        assertThat(remembered.find()).isEmpty();
    }

    @Test
    void endsByForceWhatDoesNotListen(@TempDir Path folder) throws Exception {
        Home home = home(folder);
        ProcessHandle started = start(home, "trap '' TERM; while true; do sleep 0.1; done");

        new ChildProcess(home, "sleeper").stop(Duration.ofMillis(500));

        assertThat(started.isAlive()).isFalse();
    }

    @Test
    void leavesAloneWhoHasThePidNow(@TempDir Path folder) throws Exception {
        Home home = home(folder);
        PrivateFiles.writeJson(
                home.run().resolve("sleeper.json"),
                Map.of("pid", ProcessHandle.current().pid(), "started", "2020-01-01T00:00:00Z"));

        assertThat(new ChildProcess(home, "sleeper").find()).isEmpty();
    }

    @Test
    void takesBrokenFileForNoProcess(@TempDir Path folder) throws Exception {
        Home home = home(folder);
        PrivateFiles.write(home.run().resolve("sleeper.json"), "{\"pid\":");

        assertThat(new ChildProcess(home, "sleeper").find()).isEmpty();
    }

    private static Home home(Path folder) {
        Home home = new Home(folder.resolve("home"));
        home.open("0.1.0");
        return home;
    }

    private static ProcessHandle start(Home home, String script) throws Exception {
        return new ChildProcess(home, "sleeper")
                .start(
                        List.of("sh", "-c", script + "; true", home.root().toString()),
                        Map.of(),
                        home.root(),
                        home.logs().resolve("sleeper.log"));
    }
}
