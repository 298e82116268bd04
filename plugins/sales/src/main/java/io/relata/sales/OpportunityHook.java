package io.relata.sales;

import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import io.relata.spi.Platform;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/// Keeps a deal's dates and probability in step with its stage.
@Extension
public final class OpportunityHook implements RecordHook {

    private static final String STAGE = "stage";
    private static final String PROBABILITY = "probability";
    private static final String ENGAGED_ON = "engageDate";
    private static final String CLOSED_ON = "closeDate";

    private final Platform platform;

    public OpportunityHook(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String entity() {
        return "opportunity";
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {
        Optional<Stage> stage = stage(change.value(STAGE));
        if (change.changed(STAGE) && stage.isPresent()) {
            moved(context, change, stage.get());
        }
        refuseReversedDates(change);
    }

    private void moved(CallContext context, RecordChange change, Stage stage) {
        boolean chosenByCaller = change.changed(PROBABILITY) && change.value(PROBABILITY) != null;
        if (stage.closed() || !chosenByCaller) {
            change.set(PROBABILITY, stage.probability());
        }
        // An import tells of the past: a date it does not know must stay unknown, not become today.
        if (context.origin() == Origin.IMPORT || change.changed(CLOSED_ON)) {
            return;
        }
        if (stage.closed() && change.value(CLOSED_ON) == null) {
            change.set(CLOSED_ON, LocalDate.ofInstant(platform.clock().instant(), context.zone()));
        }
        if (!stage.closed() && stage(change.before(STAGE)).map(Stage::closed).orElse(false)) {
            change.set(CLOSED_ON, null);
        }
    }

    private static void refuseReversedDates(RecordChange change) {
        boolean touched = change.changed(ENGAGED_ON) || change.changed(CLOSED_ON);
        if (touched
                && change.value(ENGAGED_ON) instanceof LocalDate engaged
                && change.value(CLOSED_ON) instanceof LocalDate closed
                && closed.isBefore(engaged)) {
            change.reject(CLOSED_ON, "closed-before-engaged");
        }
    }

    private static Optional<Stage> stage(@Nullable Object value) {
        return value == null ? Optional.empty() : Stage.of(value);
    }
}
