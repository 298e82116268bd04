package io.relata.core.replay;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// The answers to requests that carry a key, kept for a day. Each is written in the transaction of the request's work,
/// so that there is an answer exactly when the work was done. Thread-safe.
public final class RequestAnswers {

    /// How long an answer is kept.
    public static final Duration KEPT = Duration.ofHours(24);

    /// The most bytes of an answer that are kept.
    public static final int MAX_SIZE = 1024 * 1024;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Table<Record> TABLE = table(name("relata", "request_answer"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> KEY = field(name("key"), String.class);
    private static final Field<String> FINGERPRINT = field(name("fingerprint"), String.class);
    private static final Field<byte[]> ANSWER = field(name("answer"), byte[].class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);

    private final Clock clock;

    public RequestAnswers(Clock clock) {
        this.clock = clock;
    }

    /// What names a request.
    ///
    /// @param text        as the caller chose it, unique for the user
    /// @param fingerprint of everything that the request says
    public record Key(String text, String fingerprint) {}

    /// Takes the key for a request that is about to be carried out. Who sends the same at the same time waits here.
    ///
    /// @return the answer of the first time; empty when this is the first time
    /// @throws ProblemException VALIDATION when the key was used for another request; IN_PROGRESS when the first
    ///     request takes too long to be waited for
    public Optional<byte[]> begin(DSLContext sql, CallContext context, Key key) {
        return take(sql, context, key) ? Optional.empty() : Optional.of(earlier(sql, context, key));
    }

    /// Takes the key for a request that is carried out in several transactions under keys of their own.
    ///
    /// @throws ProblemException VALIDATION when the key was used for another request
    public void reserve(DSLContext sql, CallContext context, Key key) {
        if (!take(sql, context, key)) {
            earlier(sql, context, key);
        }
    }

    private boolean take(DSLContext sql, CallContext context, Key key) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        try {
            return sql.insertInto(TABLE, TENANT, USER, KEY, FINGERPRINT, AT)
                            .values(context.tenant(), context.user(), key.text(), key.fingerprint(), now)
                            .onConflict(TENANT, USER, KEY)
                            .doUpdate()
                            .set(FINGERPRINT, excluded(FINGERPRINT))
                            .set(AT, excluded(AT))
                            .setNull(ANSWER)
                            .where(field(name("request_answer", "at"), OffsetDateTime.class)
                                    .lt(now.minus(KEPT)))
                            .execute()
                    == 1;
        } catch (DataAccessException exception) {
            if (LOCK_NOT_AVAILABLE.equals(exception.sqlState())) {
                throw ProblemException.of(ProblemCode.IN_PROGRESS, "request-in-progress");
            }
            throw exception;
        }
    }

    private static byte[] earlier(DSLContext sql, CallContext context, Key key) {
        Record row = sql.select(FINGERPRINT, ANSWER)
                .from(TABLE)
                .where(row(context, key))
                .fetchSingle();
        if (!key.fingerprint().equals(row.get(FINGERPRINT))) {
            throw ProblemException.of(ProblemCode.VALIDATION, "idempotency-key-reused");
        }
        byte[] answer = row.get(ANSWER);
        return answer == null ? new byte[0] : answer;
    }

    /// Writes down what is answered, before the request's transaction is committed.
    ///
    /// @throws ProblemException TOO_LARGE when it is too large to be kept
    public void end(DSLContext sql, CallContext context, Key key, byte[] answer) {
        if (answer.length > MAX_SIZE) {
            throw ProblemException.of(ProblemCode.TOO_LARGE, "answer-too-large-to-keep", MAX_SIZE);
        }
        sql.update(TABLE).set(ANSWER, answer).where(row(context, key)).execute();
    }

    private static Condition row(CallContext context, Key key) {
        return TENANT.eq(context.tenant()).and(USER.eq(context.user())).and(KEY.eq(key.text()));
    }

    /// Removes the tenant's answers that have been kept long enough, a bounded number at a time.
    ///
    /// @return whether there may be more
    public boolean purge(DSLContext sql, UUID tenant, int most) {
        OffsetDateTime before = clock.instant().atOffset(ZoneOffset.UTC).minus(KEPT);
        var old = sql.select(USER, KEY)
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .and(AT.lt(before))
                .orderBy(AT)
                .limit(most);
        return sql.deleteFrom(TABLE)
                        .where(TENANT.eq(tenant))
                        .and(DSL.row(USER, KEY).in(old))
                        .execute()
                == most;
    }
}
