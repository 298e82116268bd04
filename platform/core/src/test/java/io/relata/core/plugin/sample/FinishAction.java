package io.relata.core.plugin.sample;

import io.relata.spi.ActionHandler;
import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordAction;

/// Finishes a task, refuses one that is finished, and breaks when asked to.
public final class FinishAction implements ActionHandler {

    public FinishAction(Platform platform) {}

    @Override
    public String entity() {
        return "task";
    }

    @Override
    public String action() {
        return "finish";
    }

    @Override
    public void handle(CallContext context, RecordAction action) {
        if (Boolean.TRUE.equals(action.value("finished"))) {
            action.reject(null, "finished-already");
        }
        if ("break".equals(action.parameter("note"))) {
            action.parameter("nothing");
        }
        action.set("finished", true);
        action.set("note", action.parameter("note"));
        action.set("hours", action.parameter("hours"));
    }
}
