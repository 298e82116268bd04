package io.relata.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {

    @Test
    void givesEveryTestTheSameServer(LocalPostgres postgres) {
        assertThat(postgres).isSameAs(LocalPostgres.forTests());
    }

    @Test
    void createsDatabaseInUtf8WithStableOrder(LocalPostgres postgres) throws Exception {
        String database = postgres.createDatabase();
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select pg_encoding_to_char(encoding), datlocprovider, datlocale, lower('ÄÖ') from pg_database
                        where datname = current_database()""")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("UTF8");
            assertThat(row.getString(2)).isEqualTo("b");
            assertThat(row.getString(3)).isEqualTo("C.UTF-8");
            assertThat(row.getString(4)).isEqualTo("äö");
        }
        postgres.dropDatabase(database);
    }
}
