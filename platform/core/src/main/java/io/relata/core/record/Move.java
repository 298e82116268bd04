package io.relata.core.record;

import io.relata.core.audit.AuditEntry.Action;

/// A record's way out of use, or back.
public enum Move {
    DELETE(RecordColumns.LIVE, RecordColumns.DELETED, Action.DELETE, RecordResult.Outcome.DELETED),
    RESTORE(RecordColumns.DELETED, RecordColumns.LIVE, Action.RESTORE, RecordResult.Outcome.RESTORED);

    private final short from;
    private final short to;
    private final Action action;
    private final RecordResult.Outcome outcome;

    Move(short from, short to, Action action, RecordResult.Outcome outcome) {
        this.from = from;
        this.to = to;
        this.action = action;
        this.outcome = outcome;
    }

    short from() {
        return from;
    }

    short to() {
        return to;
    }

    Action action() {
        return action;
    }

    /// Returns the code of the refusal to do so much at once.
    String tooMany() {
        return action.code() + "-too-many";
    }

    RecordResult.Outcome outcome() {
        return outcome;
    }
}
