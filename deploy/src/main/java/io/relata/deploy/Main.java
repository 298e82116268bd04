package io.relata.deploy;

import java.nio.file.Path;
import java.util.List;

/// The launcher's command line.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        try {
            Options options = Options.parse(List.of(arguments));
            if (options.help()) {
                System.out.println(Options.USAGE);
                return;
            }
            Path dist = Path.of(System.getProperty("relata.dist", "deploy/target/dist"));
            int exitCode = switch (options.command()) {
                case UP -> new UpCommand(options, dist).run();
                case DOWN -> new DownCommand(options, dist).run();
                case STATUS -> new StatusCommand(options, dist).run();
            };
            System.exit(exitCode);
        } catch (LauncherException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
