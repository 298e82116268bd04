package io.relata.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.relata.core.TestCalls;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final UUID TENANT = UUID.randomUUID();

    private final CallContext alice = TestCalls.administrator(TENANT);
    private final CallContext bob = TestCalls.user(TENANT);
    private final CallContext stranger = TestCalls.administrator(UUID.randomUUID());
    private final AtomicLong nanos = new AtomicLong();
    private Allowance allowance = new Allowance(60, 100, 6, 5);
    private final Meters meters = new Meters(tenant -> allowance, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aUserHasAMinutesRequestsAndThenOneEachSecond() {
        assertThat(meters.count(alice, 60).left()).isZero();
        refused(() -> meters.count(alice, 1), "limit-user", 1);
        meters.count(bob, 1);
        pass(Duration.ofSeconds(1));
        meters.count(alice, 1);
        refused(() -> meters.count(alice, 1), "limit-user", 1);
        refused(() -> meters.count(alice, 30), "limit-user", 30);
    }

    @Test
    void aTenantsUsersShareItsRequests() {
        meters.count(alice, 60);
        meters.count(bob, 40);
        refused(() -> meters.count(bob, 1), "limit-tenant", 1);
        assertThat(meters.standings(bob).getFirst().left())
                .as("what was refused costs nothing")
                .isEqualTo(20);
        meters.count(stranger, 60);
    }

    @Test
    void theDatabasesTimeIsPaidForAfterwards() {
        meters.spent(TENANT, Duration.ofSeconds(5));
        meters.count(alice, 1);
        meters.spent(TENANT, Duration.ofSeconds(3));
        refused(() -> meters.count(alice, 1), "limit-database", 21);
        meters.count(stranger, 1);
        pass(Duration.ofSeconds(19));
        refused(() -> meters.count(alice, 1), "limit-database", 2);
        pass(Duration.ofSeconds(2));
        meters.count(alice, 1);
    }

    @Test
    void whatTheOperatorSaysCountsFromThenOn() {
        meters.count(alice, 60);
        allowance = new Allowance(1_000, 1_000, 6, 5);
        assertThat(meters.count(alice, 1)).isEqualTo(new Meters.Standing(Meters.Metered.USER, 1_000, 999));
    }

    @Test
    void moreThanThereIsAtAllIsCountedAsAll() {
        assertThat(meters.count(alice, 1_000).left()).isZero();
        assertThat(meters.standings(alice).getFirst().fullAgainAfter()).isEqualTo(60);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void refused(ThrowingCallable work, String message, long seconds) {
        assertThatThrownBy(work).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
            assertThat(refusal.detail()).isEqualTo(message);
            assertThat(refusal.extras()).containsEntry(Meters.RETRY_AFTER, seconds);
        });
    }
}
