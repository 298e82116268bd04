package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Open Liberty server, with its configuration and application copied from the assembled product.
///
/// @param server   names its folders
/// @param name     the name people see
/// @param port     where it listens
/// @param maxHeap  the JVM's limit, such as 512m
/// @param settings the environment its configuration refers to
/// @param training whether to train an AOT cache, which pays off from the second start on
public record LibertyPart(
        Home home,
        Dist dist,
        Addresses addresses,
        String server,
        String name,
        int port,
        String maxHeap,
        Map<String, String> settings,
        boolean training)
        implements Part {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration TRAINING_PATIENCE = Duration.ofMinutes(6);

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Path log() {
        return logs().resolve("console.log");
    }

    @Override
    public Optional<ProcessHandle> process() {
        return child().find();
    }

    @Override
    public boolean healthy() {
        return process().isPresent() && new Http().isHealthy(addresses.internal(port) + "/health");
    }

    @Override
    public void start() throws IOException {
        Path configuration = home.servers().resolve("servers").resolve(server);
        Folders.mirror(dist.server(server), configuration);
        Path output = home.servers().resolve("output").resolve(server);
        child().start(command(), environment(), output, log());
    }

    @Override
    public String stopping() {
        return "Stopping " + name + (trains() ? ", which writes its AOT cache (once)" : "");
    }

    @Override
    public void stop() {
        boolean orderly = child().stop(trains() ? TRAINING_PATIENCE : PATIENCE);
        try {
            if (orderly) {
                aotCache().keepTrained();
            }
        } catch (IOException e) {
            throw new LauncherException("The AOT cache of " + name + " cannot be kept: " + e.getMessage() + ".", e);
        }
    }

    private Path logs() {
        return home.logs().resolve(server);
    }

    private List<String> command() throws IOException {
        Path liberty = Runtimes.liberty(home, dist);
        List<String> command = new ArrayList<>(List.of(Java.command()));
        command.addAll(jvmOptions(liberty));
        command.addAll(aotCache().options());
        command.addAll(
                List.of("-jar", liberty.resolve("bin/tools/ws-server.jar").toString(), server));
        return command;
    }

    private boolean trains() {
        return process()
                .flatMap(process -> process.info().arguments())
                .filter(arguments -> List.of(arguments).stream().anyMatch(word -> word.startsWith(AotCache.TRAINING)))
                .isPresent();
    }

    private List<String> jvmOptions(Path liberty) {
        return List.of(
                "-Djava.awt.headless=true",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xms64m",
                "-Xmx" + maxHeap,
                "--enable-native-access=ALL-UNNAMED",
                "@" + liberty.resolve("lib/platform/java/java24.options"));
    }

    private AotCache aotCache() {
        return new AotCache(home.servers().resolve("aot"), server, dist, maxHeap, training);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("WLP_USER_DIR", home.servers().toString());
        environment.put("WLP_OUTPUT_DIR", home.servers().resolve("output").toString());
        environment.put("LOG_DIR", logs().toString());
        return environment;
    }

    private ChildProcess child() {
        return new ChildProcess(home, server);
    }
}
