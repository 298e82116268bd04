package io.relata.core.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Waits until everybody who writes knows a definition that was just made. Processes look for new definitions every
/// second, and a transaction keeps those with which it began; what such a writer does is not in the new results.
final class KnownToAll {

    private static final String WAITING_FOR = "waitingFor";

    private KnownToAll() {}

    /// Waits a while; returns whether everybody knows.
    ///
    /// @param since when the definition was made
    static boolean wait(DSLContext sql, Instant since, JsonNode checkpoint) {
        if (!checkpoint.has(WAITING_FOR)) {
            sql.execute(
                    "select pg_sleep(greatest(0, least(2, 2 - extract(epoch from clock_timestamp() - {0}))))",
                    DSL.val(since.atOffset(ZoneOffset.UTC)));
            return false;
        }
        Long oldest = sql.fetchSingle("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .into(Long.class);
        if (oldest >= checkpoint.path(WAITING_FOR).longValue()) {
            return true;
        }
        sql.execute("select pg_sleep(0.2)");
        return false;
    }

    /// Returns what is waited for: that all transactions end which began before those that all know.
    static JsonNode next(DSLContext sql, JsonNode checkpoint) {
        if (checkpoint.has(WAITING_FOR)) {
            return checkpoint;
        }
        Long current =
                sql.fetchSingle("select pg_current_xact_id()::text::bigint").into(Long.class);
        return JsonNodeFactory.instance.objectNode().put(WAITING_FOR, current);
    }
}
