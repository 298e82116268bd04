package io.relata.deploy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What the command line asks for.
record Options(
        Command command,
        Path home,
        int portBase,
        boolean portBaseGiven,
        String listen,
        boolean detach,
        boolean fresh,
        boolean yes,
        boolean demo,
        boolean help) {

    static final String USAGE = """
            Usage: deploy/up [options]      start Relata (Ctrl-C stops it)
                   deploy/status [--home DIR]
                   deploy/down [--home DIR]

              --home DIR       everything Relata keeps is in this directory (default: ~/.relata)
              --port-base N    the first of five ports (default: 9480)
              --listen ADDRESS the address to listen on (default: 127.0.0.1, this machine only)
              --detach         return when everything runs, and leave it running
              --fresh          delete all data in the home directory first (asks, unless --yes)
              --yes            answer yes to that question
              --no-demo        create no demo tenants
              --help           print this""";

    /// The three things the launcher can do.
    enum Command {
        UP,
        DOWN,
        STATUS
    }

    static Options parse(List<String> arguments) {
        Deque<String> words = new ArrayDeque<>(arguments);
        Options options = defaults(command(words));
        while (!words.isEmpty()) {
            options = options.with(words.pop(), words);
        }
        return options;
    }

    private static Options defaults(Command command) {
        Path home = Path.of(System.getProperty("user.home"), ".relata");
        return new Options(
                command, home, Ports.DEFAULT_BASE, false, Addresses.LOOPBACK, false, false, false, true, false);
    }

    private static Command command(Deque<String> words) {
        String word = words.isEmpty() ? "" : words.pop();
        return switch (word) {
            case "up" -> Command.UP;
            case "down" -> Command.DOWN;
            case "status" -> Command.STATUS;
            default -> throw new LauncherException("Say up, down or status.\n" + USAGE);
        };
    }

    private Options with(String word, Deque<String> rest) {
        return switch (word) {
            case "--home" -> withHome(Path.of(value(word, rest)));
            case "--port-base" -> withPortBase(number(word, value(word, rest)));
            case "--listen" -> withListen(value(word, rest));
            case "--detach" -> withSwitches(true, fresh, yes, demo, help);
            case "--fresh" -> withSwitches(detach, true, yes, demo, help);
            case "--yes" -> withSwitches(detach, fresh, true, demo, help);
            case "--no-demo" -> withSwitches(detach, fresh, yes, false, help);
            case "--help", "-h" -> withSwitches(detach, fresh, yes, demo, true);
            default -> throw new LauncherException("There is no option " + word + ".\n" + USAGE);
        };
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new LauncherException("The option " + option + " needs a value.");
        }
        return rest.pop();
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new LauncherException("The option " + option + " needs a number, not '" + value + "'.", e);
        }
    }

    private Options withHome(Path newHome) {
        return new Options(
                command,
                newHome.toAbsolutePath().normalize(),
                portBase,
                portBaseGiven,
                listen,
                detach,
                fresh,
                yes,
                demo,
                help);
    }

    private Options withPortBase(int base) {
        return new Options(command, home, new Ports(base).base(), true, listen, detach, fresh, yes, demo, help);
    }

    private Options withListen(String address) {
        return new Options(command, home, portBase, portBaseGiven, address, detach, fresh, yes, demo, help);
    }

    private Options withSwitches(boolean detached, boolean afresh, boolean agreed, boolean withDemo, boolean asked) {
        return new Options(command, home, portBase, portBaseGiven, listen, detached, afresh, agreed, withDemo, asked);
    }
}
