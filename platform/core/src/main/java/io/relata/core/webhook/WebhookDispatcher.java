package io.relata.core.webhook;

import io.relata.core.feed.Followers;
import io.relata.core.webhook.WebhookSender.Outcome;
import io.relata.spi.CallContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells webhooks what there is to tell, and tries them. Thread-safe.
public final class WebhookDispatcher implements AutoCloseable {

    private static final Followers.Kind KIND = new Followers.Kind("webhooks", "webhooks_with_work", 32, 4);

    private final Webhooks.Parts parts;
    private final WebhookSender sender;
    private final Followers followers;

    public WebhookDispatcher(Webhooks.Parts parts) {
        this.parts = parts;
        this.sender = new WebhookSender(parts.outgoing(), parts.vault());
        WebhookTurn turn = new WebhookTurn(
                parts.transactions(), parts.metadata(), sender, new WebhookFanOut(parts.ids()), parts.clock());
        this.followers = new Followers(parts.transactions(), parts.clock(), KIND, turn::run);
    }

    /// What became of a trial.
    ///
    /// @param status `null` when there was no answer
    /// @param reason why there was none; `null` when there was one
    public record Trial(
            boolean arrived,
            @Nullable Integer status,
            @Nullable String reason,
            @Nullable Integer millis) {}

    /// Begins to look.
    public void start() {
        followers.start();
    }

    /// Sends a message that says nothing, whether the webhook is active or not, and waits for the answer.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public Trial trial(CallContext context, UUID webhook) {
        Webhooks.require(context);
        WebhookSender.Target target = parts.transactions().call(context, sql -> {
            Webhooks.find(sql, context.tenant(), webhook);
            return sender.target(sql, context.tenant(), webhook, parts.clock().instant());
        });
        String body = WebhookMessage.test(webhook, parts.clock().instant());
        Outcome outcome = sender.send(target, parts.ids().next(), parts.clock().instant(), body);
        return new Trial(outcome.arrived(), outcome.status(), outcome.reason(), outcome.millis());
    }

    /// Does what there is to do for a webhook now.
    void turn(UUID tenant, UUID webhook) {
        followers.turn(tenant, webhook);
    }

    @Override
    public void close() {
        followers.close();
    }
}
