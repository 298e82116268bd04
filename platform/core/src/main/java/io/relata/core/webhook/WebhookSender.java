package io.relata.core.webhook;

import io.relata.core.outgoing.OutgoingClient;
import io.relata.core.outgoing.OutgoingException;
import io.relata.core.vault.Vault;
import io.relata.core.webhook.WebhookTables.Hook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Signs a message and sends it.
final class WebhookSender {

    private static final String AGENT = "Relata-Webhooks/1";

    private final OutgoingClient outgoing;
    private final Vault vault;

    WebhookSender(OutgoingClient outgoing, Vault vault) {
        this.outgoing = outgoing;
        this.vault = vault;
    }

    /// Where messages go, and what signs them.
    ///
    /// @param secrets the one that counts, and for a while the one before
    record Target(URI address, List<String> secrets) {

        Target {
            secrets = List.copyOf(secrets);
        }
    }

    /// What became of a message.
    ///
    /// @param status `null` when there was no answer
    /// @param reason why there was none; `null` when there was one
    record Outcome(
            @Nullable Integer status,
            @Nullable String reason,
            @Nullable Integer millis) {

        private static final int OK = 200;
        private static final int ELSEWHERE = 300;
        private static final int GONE = 410;

        boolean arrived() {
            return status != null && status >= OK && status < ELSEWHERE;
        }

        /// Whether the receiver says that it wants no more.
        boolean unwanted() {
            return Integer.valueOf(GONE).equals(status);
        }
    }

    /// Reads where a webhook's messages go.
    Target target(DSLContext sql, UUID tenant, UUID webhook, Instant now) {
        Record row = sql.select(Hook.URL, Hook.SECRET, Hook.FORMER_SECRET, Hook.FORMER_UNTIL)
                .from(Hook.TABLE)
                .where(Hook.one(tenant, webhook))
                .fetchSingle();
        Vault.Place place = Webhooks.place(tenant, webhook);
        List<String> secrets = new ArrayList<>();
        secrets.add(vault.open(sql, place, row.get(Hook.SECRET)));
        String former = row.get(Hook.FORMER_SECRET);
        if (former != null && row.get(Hook.FORMER_UNTIL).toInstant().isAfter(now)) {
            secrets.add(vault.open(sql, place, former));
        }
        return new Target(URI.create(row.get(Hook.URL)), secrets);
    }

    /// Sends the message, and waits for the answer.
    ///
    /// @param id of the message, the same for each attempt
    Outcome send(Target target, UUID id, Instant now, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", AGENT);
        headers.put("webhook-id", id.toString());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put(
                "webhook-signature",
                String.join(
                        " ",
                        target.secrets().stream()
                                .map(secret -> WebhookSecret.signature(secret, id, now, body))
                                .toList()));
        try {
            OutgoingClient.Answer answer = outgoing.post(target.address(), headers, body);
            return new Outcome(
                    answer.status(), null, Math.toIntExact(answer.took().toMillis()));
        } catch (OutgoingException unanswered) {
            return new Outcome(null, unanswered.reason().code(), null);
        }
    }
}
