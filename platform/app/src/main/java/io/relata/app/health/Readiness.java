package io.relata.app.health;

import io.relata.app.wiring.Settings;
import io.relata.app.wiring.UnusableSettingsException;
import io.relata.core.tenant.DatabaseRole;
import io.relata.core.tenant.DatabaseUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the platform may and can serve. It must not with unusable settings, or as a database role for which
/// row-level security does not hold; and it cannot without its database and its plugins.
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    /// How old an answer may be; many may ask.
    private static final Duration FRESHNESS = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private final DatabaseRole role;
    private final Supplier<List<String>> engineFaults;
    private final Runnable opening;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final Clock clock;
    private final AtomicReference<@Nullable Report> last = new AtomicReference<>();

    /// What was found.
    ///
    /// @param allowed whether requests may be served at all
    /// @param up      whether they would succeed
    public record Report(Instant at, boolean allowed, boolean up, List<String> faults) {}

    /// Judges by the environment and the role, and asks the engine only once these allow it to start.
    ///
    /// @param engineFaults tells what the engine lacks; the first call starts it
    /// @param opening      is run once, when requests may be served
    public Readiness(
            Map<String, String> environment,
            DatabaseRole role,
            Supplier<List<String>> engineFaults,
            Runnable opening,
            Clock clock) {
        this.environment = environment;
        this.role = role;
        this.engineFaults = engineFaults;
        this.opening = opening;
        this.clock = clock;
    }

    /// Returns what is so now.
    public Report report() {
        Report known = last.get();
        if (known != null && clock.instant().isBefore(known.at().plus(FRESHNESS))) {
            return known;
        }
        Report report = look();
        last.set(report);
        if (known == null || !known.faults().equals(report.faults())) {
            tell(report);
        }
        if (report.allowed() && opened.compareAndSet(false, true)) {
            opening.run();
        }
        return report;
    }

    /// Returns whether requests may be served. Once they may, only a new start can change that.
    public boolean allowed() {
        Report known = last.get();
        return (known != null && known.allowed()) || report().allowed();
    }

    private Report look() {
        Instant now = clock.instant();
        try {
            Settings.of(environment);
            List<String> refused = role.faults();
            if (!refused.isEmpty()) {
                return new Report(now, false, false, refused);
            }
            List<String> faults = engineFaults.get();
            return new Report(now, true, faults.isEmpty(), faults);
        } catch (UnusableSettingsException unusable) {
            return new Report(now, false, false, unusable.faults());
        } catch (DatabaseUnavailableException away) {
            Report known = last.get();
            boolean allowed = known != null && known.allowed();
            return new Report(now, allowed, false, List.of("The database does not answer: " + reason(away)));
        }
    }

    private static String reason(DatabaseUnavailableException away) {
        return String.valueOf(
                away.getCause() == null ? away.getMessage() : away.getCause().getMessage());
    }

    private static void tell(Report report) {
        if (report.up()) {
            LOG.info("Relata is up");
        } else if (report.allowed()) {
            LOG.error("Relata cannot work at the moment: {}", String.join("; ", report.faults()));
        } else {
            LOG.error("Relata refuses to serve: {}", String.join("; ", report.faults()));
        }
    }
}
