package io.relata.tenantadmin.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFaultsTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P03"})
    void knowsADatabaseThatIsAway(String state) {
        assertThat(DatabaseFaults.isUnreachable(wrapped(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "57014", "42501"})
    void knowsAStatementThatWasRefused(String state) {
        assertThat(DatabaseFaults.isUnreachable(wrapped(state))).isFalse();
    }

    @Test
    void takesNoOtherFailureForTheDatabase() {
        assertThat(DatabaseFaults.isUnreachable(new IllegalStateException(new SQLException("no state"))))
                .isFalse();
    }

    private static Throwable wrapped(String state) {
        return new IllegalStateException(new PersistenceException(new SQLException("away", state)));
    }
}
