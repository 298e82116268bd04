package io.relata.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpportunityHookTest {

    /// Still 3 March in New York, already 4 March in Shanghai.
    private static final Instant NOW = Instant.parse("2026-03-03T20:00:00Z");

    private final OpportunityHook hook = new OpportunityHook(() -> Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void datesAWonDealWithTheTenantsToday() {
        FakeChange change = FakeChange.update(Map.of("stage", "engaging"), Map.of("stage", "won"));

        hook.beforeSave(context(Origin.SCREEN, "Asia/Shanghai"), change);

        assertThat(change.value("closeDate")).isEqualTo(LocalDate.parse("2026-03-04"));
    }

    @Test
    void datesALostDealInAnotherZoneWithItsOwnToday() {
        FakeChange change = FakeChange.create(Map.of("stage", "lost"));

        hook.beforeSave(context(Origin.API, "America/New_York"), change);

        assertThat(change.value("closeDate")).isEqualTo(LocalDate.parse("2026-03-03"));
    }

    @Test
    void keepsTheCloseDateTheCallerGives() {
        LocalDate given = LocalDate.parse("2026-02-01");
        FakeChange change = FakeChange.update(Map.of("stage", "engaging"), Map.of("stage", "won", "closeDate", given));

        hook.beforeSave(context(Origin.SCREEN, "Asia/Shanghai"), change);

        assertThat(change.value("closeDate")).isEqualTo(given);
    }

    @Test
    void inventsNoCloseDateForAnImport() {
        FakeChange change = FakeChange.create(Map.of("stage", "won"));

        hook.beforeSave(context(Origin.IMPORT, "Asia/Shanghai"), change);

        assertThat(change.value("closeDate")).isNull();
        assertThat(change.value("probability")).isEqualTo(BigDecimal.valueOf(100));
    }

    @Test
    void forgetsTheCloseDateOfAReopenedDeal() {
        FakeChange change = FakeChange.update(
                Map.of("stage", "lost", "closeDate", LocalDate.parse("2026-02-01")), Map.of("stage", "engaging"));

        hook.beforeSave(context(Origin.SCREEN, "Asia/Shanghai"), change);

        assertThat(change.value("closeDate")).isNull();
        assertThat(change.value("probability")).isEqualTo(BigDecimal.valueOf(50));
    }

    @Test
    void derivesTheProbabilityFromTheStage() {
        FakeChange change = FakeChange.create(Map.of("stage", "prospecting"));

        hook.beforeSave(context(Origin.API, "UTC"), change);

        assertThat(change.value("probability")).isEqualTo(BigDecimal.valueOf(10));
    }

    @Test
    void keepsTheProbabilityTheCallerGivesForAnOpenDeal() {
        FakeChange change = FakeChange.create(Map.of("stage", "engaging", "probability", BigDecimal.valueOf(70)));

        hook.beforeSave(context(Origin.API, "UTC"), change);

        assertThat(change.value("probability")).isEqualTo(BigDecimal.valueOf(70));
    }

    @Test
    void aDecidedDealHasNoOtherProbability() {
        FakeChange change = FakeChange.create(Map.of("stage", "lost", "probability", BigDecimal.valueOf(70)));

        hook.beforeSave(context(Origin.API, "UTC"), change);

        assertThat(change.value("probability")).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void refusesADealClosedBeforeItBegan() {
        FakeChange change = FakeChange.create(Map.of(
                "stage", "won",
                "engageDate", LocalDate.parse("2026-03-02"),
                "closeDate", LocalDate.parse("2026-03-01")));

        hook.beforeSave(context(Origin.API, "UTC"), change);

        assertThat(change.refusals()).containsExactly("closeDate: closed-before-engaged");
    }

    @Test
    void leavesAnUnknownStageToValidation() {
        FakeChange change = FakeChange.create(Map.of("stage", "WON"));

        hook.beforeSave(context(Origin.API, "UTC"), change);

        assertThat(change.value("closeDate")).isNull();
        assertThat(change.value("probability")).isNull();
    }

    private static CallContext context(Origin origin, String zone) {
        return new CallContext(
                new UUID(0, 7),
                new UUID(0, 8),
                Set.of(),
                Locale.ENGLISH,
                ZoneId.of(zone),
                Currency.getInstance("USD"),
                "request-1",
                origin);
    }
}
