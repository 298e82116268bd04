package io.relata.sales;

import io.relata.spi.ActionHandler;
import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordAction;
import java.time.LocalDate;
import java.util.Optional;
import org.pf4j.Extension;

/// Closes a deal as won or lost: stage, day, reason and amount in one call. Probability follows the stage.
@Extension
public final class CloseAction implements ActionHandler {

    private static final String STAGE = "stage";
    private static final String REASON = "reason";

    private final Platform platform;

    public CloseAction(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String entity() {
        return "opportunity";
    }

    @Override
    public String action() {
        return "close";
    }

    @Override
    public void handle(CallContext context, RecordAction action) {
        boolean closed = Optional.ofNullable(action.value(STAGE))
                .flatMap(Stage::of)
                .map(Stage::closed)
                .orElse(false);
        if (closed) {
            action.reject(null, "closed-already");
            return;
        }
        boolean lost = "lost".equals(action.parameter("outcome"));
        if (lost && action.parameter(REASON) == null) {
            action.reject(REASON, "reason-needed");
        }
        action.set(STAGE, action.parameter("outcome"));
        Object closedOn = action.parameter("closedOn");
        action.set(
                "closeDate",
                closedOn == null ? LocalDate.ofInstant(platform.clock().instant(), context.zone()) : closedOn);
        action.set("closeReason", action.parameter(REASON));
        if (action.parameter("amount") != null) {
            action.set("amount", action.parameter("amount"));
        }
    }
}
