package io.relata.core.plugin.sample;

import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;
import java.util.UUID;

/// Asks whether a contact may be written to, and says so in the record's name.
public final class AskingHook implements RecordHook {

    public AskingHook(Platform platform) {}

    @Override
    public String entity() {
        return "deal";
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {
        String[] asked = String.valueOf(change.value("name")).split(" ", -1);
        if (asked.length == 4 && asked[0].equals("ask")) {
            change.set(
                    "name",
                    change.consents().allows(asked[1], UUID.fromString(asked[2]), asked[3]) ? "allowed" : "denied");
        }
    }
}
