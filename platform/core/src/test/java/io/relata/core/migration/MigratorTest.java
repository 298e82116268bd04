package io.relata.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestDatabase;
import io.relata.core.plugin.PluginJar;
import io.relata.core.plugin.TestSolution;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class MigratorTest {

    private static final String INDEXES =
            "select relname from pg_class where relkind = 'i' and relname ~ '_x_[0-9a-f]{8}$' order by relname";

    private static final String SLOTS = "select relname from pg_class join pg_index on indexrelid = pg_class.oid"
            + " where indisvalid and starts_with(relname, ?) and relname ~ '_[tndsu][0-9]{2}$'";

    private final LocalPostgres postgres;

    @TempDir
    private Path plugins;

    MigratorTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void createsTheFamiliesThatPluginsNameAndRunsAgain() throws IOException, SQLException {
        TestSolution.writeTo(plugins);
        TestDatabase database = TestDatabase.empty(postgres);

        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);

        assertThat(database.all("select tablename from pg_tables where schemaname = 'relata'"))
                .contains("record_deal", "record_shared", "unique_value");
    }

    @Test
    void bringsIndexesToWhatPluginsDeclare() throws IOException, SQLException {
        TestDatabase database = TestDatabase.empty(postgres);
        writeIndexed("[{\"fields\": [\"stage\", \"amount\"]}, {\"fields\": [\"amount\", \"stage\"]}]");
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        List<Object> both = database.all(INDEXES);
        database.update(
                "update pg_index set indisvalid = false where indexrelid = ('relata.' || ?)::regclass", both.get(1));

        writeIndexed("[{\"fields\": [\"stage\", \"amount\"]}]");
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);

        assertThat(both).hasSize(2);
        assertThat(database.all(INDEXES)).hasSize(1).isSubsetOf(both);
        assertThat(database.all("select pg_get_indexdef(indexrelid) from pg_index"
                        + " where indexrelid = ('relata.' || (" + INDEXES + "))::regclass and indisvalid"))
                .singleElement()
                .asString()
                .contains("(tenant_id, t01, n01, id)", "state = 0");
    }

    @Test
    void makesTheIndexesOfTheSlotsThatPluginsWantAndNoOthers() throws IOException, SQLException {
        TestDatabase database = TestDatabase.empty(postgres);
        writeIndexed("[]", "");
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        assertThat(database.all(SLOTS, "record_indexed_"))
                .contains("record_indexed_t01", "record_indexed_n01")
                .contains("record_indexed_t13", "record_indexed_u10")
                .doesNotContain("record_indexed_t02", "record_indexed_n02");
        assertThat(database.all(SLOTS, "record_shared_")).hasSize(50);

        database.update("create index record_indexed_d01 on relata.record_indexed (tenant_id, entity_id, d01, id)"
                + " where d01 is not null");
        writeIndexed("[]", ", \"indexed\": false");
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        assertThat(database.all(SLOTS, "record_indexed_"))
                .contains("record_indexed_t01", "record_indexed_t13")
                .doesNotContain("record_indexed_n01", "record_indexed_d01");

        writeIndexed("[]", "");
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        assertThat(database.all(SLOTS, "record_indexed_n01")).hasSize(1);
    }

    private void writeIndexed(String indexes) throws IOException {
        writeIndexed(indexes, "");
    }

    /// @param more what the second field says besides
    private void writeIndexed(String indexes, String more) throws IOException {
        String field =
                "{\"name\": \"%s\", \"type\": \"%s\", \"slot\": \"%s\"%s, \"label\": {\"en\": \"F\", \"zh-CN\": \"甲\"}}";
        new PluginJar("indexed")
                .solution(", \"families\": [\"indexed\"]")
                .entity("thing", """
                        {"name": "thing", "setName": "things", "family": "indexed",
                         "label": {"en": "Thing", "zh-CN": "物"}, "pluralLabel": {"en": "Things", "zh-CN": "物"},
                         "indexes": %s, "fields": [%s, %s]}
                        """.formatted(
                                indexes,
                                field.formatted("stage", "text", "t01", ""),
                                field.formatted("amount", "integer", "n01", more)))
                .write(plugins);
    }

    @Test
    void changesNothingWhenAPluginIsWrong() throws IOException, SQLException {
        new PluginJar("wrong").solution(", \"families\": [\"No!\"]").write(plugins);
        TestDatabase database = TestDatabase.empty(postgres);

        MigratorRunner.Outcome outcome = MigratorRunner.run(database, plugins);

        assertThat(outcome.code()).isEqualTo(Migrator.PLUGIN_WRONG);
        assertThat(outcome.errors()).contains("wrong.jar").contains("No!");
        assertThat(database.all("select 1 from pg_namespace where nspname = 'relata'"))
                .isEmpty();
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws SQLException {
        TestDatabase database = TestDatabase.empty(postgres);
        MigratorRunner.run(database, plugins);
        database.update("insert into migration.flyway_schema_history select installed_rank + 1000, '999', description,"
                + " type, 'V999__future.sql', checksum, installed_by, installed_on, execution_time, success"
                + " from migration.flyway_schema_history where version = '1'");

        MigratorRunner.Outcome outcome = MigratorRunner.run(database, plugins);

        assertThat(outcome.code()).isEqualTo(Migrator.NEWER_DATABASE);
        assertThat(outcome.errors()).contains("newer version").contains("V999__future.sql");
    }

    @Test
    void saysWhatIsMissing() {
        MigratorRunner.Outcome outcome = MigratorRunner.run(Map.of("RELATA_DB_URL", "jdbc:postgresql://127.0.0.1/x"));

        assertThat(outcome.code()).isEqualTo(Migrator.SETTINGS_MISSING);
        assertThat(outcome.errors()).contains("RELATA_DB_USER");
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        MigratorRunner.Outcome outcome = MigratorRunner.run(Map.of(
                "RELATA_DB_URL", "jdbc:postgresql://127.0.0.1:1/relata",
                "RELATA_DB_USER", "relata_owner",
                "RELATA_DB_PASSWORD", "secret-word",
                "RELATA_PLUGINS_DIR", plugins.toString()));

        assertThat(outcome.code()).isEqualTo(Migrator.UNREACHABLE);
        assertThat(outcome.errors()).doesNotContain("secret-word");
    }
}
