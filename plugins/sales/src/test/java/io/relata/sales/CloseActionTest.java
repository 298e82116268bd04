package io.relata.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.spi.CallContext;
import io.relata.spi.Consents;
import io.relata.spi.RecordAction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CloseActionTest {

    private static final Instant NOW = Instant.parse("2026-03-03T20:00:00Z");
    private static final CallContext CALLER = JobProcess.member(new UUID(0, 1), new UUID(0, 2));

    private final CloseAction action = new CloseAction(() -> Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void closesADealAsWonToday() {
        FakeAction deal =
                new FakeAction(Map.of("stage", "engaging"), Map.of("outcome", "won", "amount", BigDecimal.TEN));

        action.handle(CALLER, deal);

        assertThat(deal.refusals).isEmpty();
        assertThat(deal.values)
                .containsEntry("stage", "won")
                .containsEntry("closeDate", LocalDate.parse("2026-03-03"))
                .containsEntry("amount", BigDecimal.TEN);
    }

    @Test
    void closesADealAsLostWithDayAndReason() {
        LocalDate day = LocalDate.parse("2026-02-01");
        FakeAction deal = new FakeAction(
                Map.of("stage", "engaging", "amount", BigDecimal.ONE),
                Map.of("outcome", "lost", "reason", "Price", "closedOn", day));

        action.handle(CALLER, deal);

        assertThat(deal.values)
                .containsEntry("stage", "lost")
                .containsEntry("closeDate", day)
                .containsEntry("closeReason", "Price")
                .containsEntry("amount", BigDecimal.ONE);
    }

    @Test
    void asksWhyADealWasLost() {
        FakeAction deal = new FakeAction(Map.of("stage", "engaging"), Map.of("outcome", "lost"));

        action.handle(CALLER, deal);

        assertThat(deal.refusals).containsExactly("reason: reason-needed");
    }

    @Test
    void closesNoDealTwice() {
        FakeAction deal = new FakeAction(Map.of("stage", "won"), Map.of("outcome", "lost", "reason", "x"));

        action.handle(CALLER, deal);

        assertThat(deal.refusals).containsExactly("null: closed-already");
        assertThat(deal.values).containsEntry("stage", "won");
    }

    private static final class FakeAction implements RecordAction {

        private final Map<String, @Nullable Object> values;
        private final Map<String, Object> parameters;
        private final List<String> refusals = new ArrayList<>();

        FakeAction(Map<String, Object> values, Map<String, Object> parameters) {
            this.values = new HashMap<>(values);
            this.parameters = parameters;
        }

        @Override
        public Consents consents() {
            return (entity, record, purpose) -> false;
        }

        @Override
        public UUID id() {
            return new UUID(0, 1);
        }

        @Override
        public @Nullable Object parameter(String name) {
            return parameters.get(name);
        }

        @Override
        public @Nullable Object value(String field) {
            return values.get(field);
        }

        @Override
        public void set(String field, @Nullable Object value) {
            values.put(field, value);
        }

        @Override
        public void reject(@Nullable String name, String message) {
            refusals.add(name + ": " + message);
        }
    }
}
