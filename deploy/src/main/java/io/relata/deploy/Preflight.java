package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds out what would go wrong before anything is started.
record Preflight(Home home, Dist dist, Addresses addresses) {

    private static final long MEGABYTE = 1L << 20;
    private static final long FIRST_START = 3000 * MEGABYTE;
    private static final long LATER_START = 500 * MEGABYTE;

    void check(List<Part> toStart) {
        refuseOtherPostgres();
        refuseTakenPorts(toStart);
        refuseLittleDisk(usableSpace());
    }

    void refuseLittleDisk(long available) {
        long needed = Runtimes.complete(home, dist) ? LATER_START : FIRST_START;
        if (available < needed) {
            throw new LauncherException("There is too little disk space for " + home.root() + ": "
                    + available / MEGABYTE + " MB are free and " + needed / MEGABYTE + " MB are needed.");
        }
    }

    private void refuseOtherPostgres() {
        Path file = home.postgresData().resolve("PG_VERSION");
        try {
            if (!Files.exists(file)) {
                return;
            }
            String found = Files.readString(file).strip();
            if (!found.equals(String.valueOf(dist.postgresMajorVersion()))) {
                throw new LauncherException("The data in " + home.postgresData() + " was written by PostgreSQL " + found
                        + ", but this Relata brings PostgreSQL " + dist.postgresMajorVersion()
                        + "; start the Relata that wrote it, or choose another --home.");
            }
        } catch (IOException e) {
            throw new LauncherException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private void refuseTakenPorts(List<Part> toStart) {
        for (Part part : toStart) {
            for (int port : part.ports()) {
                if (!addresses.isFree(port)) {
                    String owner = PortOwner.of(port).map(name -> " by " + name).orElse("");
                    throw new LauncherException("Port " + port + ", which " + part.name() + " needs, is taken" + owner
                            + "; end that program, or choose other ports with --port-base.");
                }
            }
        }
    }

    private long usableSpace() {
        try {
            return Files.getFileStore(home.root()).getUsableSpace();
        } catch (IOException e) {
            throw new LauncherException("The disk of " + home.root() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
