package io.relata.core;

import io.relata.core.outgoing.Destinations;
import io.relata.core.plugin.TestSolution;
import io.relata.core.plugin.sample.AskingHook;
import io.relata.core.plugin.sample.ClosingHook;
import io.relata.core.record.RecordData;
import io.relata.core.vault.MasterKeys;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The engine on a database of its own, with the plugin `test` and its hook.
public record TestEngine(TestDatabase database, TestClock clock, Relata relata) implements AutoCloseable {

    public static TestEngine start(LocalPostgres postgres, Path folder) throws IOException, SQLException {
        return start(postgres, folder, new Destinations(List.of()));
    }

    /// Starts one that reaches addresses inside.
    ///
    /// @param outgoing where requests may go that tenants have sent
    public static TestEngine start(LocalPostgres postgres, Path folder, Destinations outgoing)
            throws IOException, SQLException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestSolution.jar()
                .extension(ClosingHook.class)
                .extension(AskingHook.class)
                .file("solution/messages.properties", "refused=Not with us.")
                .file("solution/messages_zh_CN.properties", "refused=不接受。")
                .write(plugins);
        TestDatabase database = TestDatabase.create(postgres, plugins);
        TestClock clock = new TestClock();
        Relata relata = Relata.start(new Relata.Settings(
                database.application(), clock, plugins, folder.resolve("files"), MasterKeys.development(), outgoing));
        return new TestEngine(database, clock, relata);
    }

    /// Returns an administrator of a new tenant that has the plugin.
    public CallContext tenant(String slug) throws SQLException {
        return TestCalls.administrator(database.tenant(slug, "test"));
    }

    public RecordData create(CallContext call, String entity, @Nullable Object... namesAndValues) {
        return relata.writer().create(call, entity, values(namesAndValues));
    }

    public RecordData update(CallContext call, String entity, UUID id, @Nullable Object... namesAndValues) {
        return relata.writer().update(call, entity, id, null, values(namesAndValues));
    }

    public static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    @Override
    public void close() {
        relata.close();
    }
}
