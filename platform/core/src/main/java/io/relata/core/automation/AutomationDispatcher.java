package io.relata.core.automation;

import io.relata.core.feed.Followers;
import java.util.UUID;

/// Gives automations their turns. Thread-safe.
public final class AutomationDispatcher implements AutoCloseable {

    private static final Followers.Kind KIND = new Followers.Kind("automations", "automations_with_work", 8, 2);

    private final Followers followers;

    public AutomationDispatcher(Automations.Parts parts) {
        AutomationTurn turn = new AutomationTurn(parts, new NewRuns(parts.ids(), parts.clock()));
        this.followers = new Followers(parts.transactions(), parts.clock(), KIND, turn::run);
    }

    /// Begins to look.
    public void start() {
        followers.start();
    }

    /// Does what there is to do for an automation now.
    void turn(UUID tenant, UUID automation) {
        followers.turn(tenant, automation);
    }

    @Override
    public void close() {
        followers.close();
    }
}
