package io.relata.core.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Says who has access to what: roles, units, teams, users and rules. For administrators only; a change holds for every
/// request that begins after it.
public final class AccessSettings {

    private static final Map<String, Setting> KINDS = Map.of(
            "roles", new Roles(),
            "units", new Units(),
            "teams", new Principals("team"),
            "users", new Principals("user"),
            "rules", new Rules());

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final AuditTrail trail;
    private final Clock clock;

    public AccessSettings(TenantTransaction transactions, MetadataService metadata, AuditTrail trail, Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.trail = trail;
        this.clock = clock;
    }

    /// Returns all settings of a kind.
    ///
    /// @param kind `roles`, `units`, `teams`, `users` or `rules`
    /// @throws ProblemException FORBIDDEN; NOT_FOUND when there is no such kind
    public List<ObjectNode> list(CallContext context, String kind) {
        Setting setting = setting(context, kind);
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        return transactions.call(context, sql -> setting.list(sql, snapshot));
    }

    /// Stores a setting; what was stored under the key is replaced.
    ///
    /// @param key a role's name; the id of anything else, which the caller chooses
    /// @throws ProblemException FORBIDDEN; NOT_FOUND when there is no such kind; VALIDATION with all that is wrong
    public void put(CallContext context, String kind, String key, ObjectNode body) {
        Setting setting = setting(context, kind);
        change(context, change -> {
            ObjectNode before = stored(change, setting, key);
            setting.put(change, key, new Input(body));
            record(change, kind, key, before, stored(change, setting, key));
            return key;
        });
    }

    /// Removes a setting.
    ///
    /// @throws ProblemException FORBIDDEN; NOT_FOUND; IN_USE while others need it
    public void delete(CallContext context, String kind, String key) {
        Setting setting = setting(context, kind);
        boolean there = change(context, change -> {
            ObjectNode before = stored(change, setting, key);
            boolean deleted = setting.delete(change, key);
            if (deleted) {
                record(change, kind, key, before, null);
            }
            return deleted;
        });
        if (!there) {
            throw ProblemException.notFound();
        }
    }

    private static @Nullable ObjectNode stored(Setting.Change change, Setting setting, String key) {
        return setting.list(change.sql(), change.snapshot()).stream()
                .filter(one -> one.path("id").asText().equals(key))
                .findFirst()
                .orElse(null);
    }

    /// What is kept of a setting besides its key: all of it, before and after.
    private void record(
            Setting.Change change, String kind, String key, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", kind + "." + key)
                .<ObjectNode>set("old", before)
                .set("new", after);
        AuditEntry.Action action = before == null
                ? AuditEntry.Action.CREATE
                : after == null ? AuditEntry.Action.DELETE : AuditEntry.Action.UPDATE;
        UUID id = UUID.nameUUIDFromBytes((kind + "." + key).getBytes(StandardCharsets.UTF_8));
        trail.write(
                change.sql(),
                change.context(),
                List.of(new AuditEntry("access", AuditEntry.ACCESS, id, 1, action, changes)));
    }

    private static Setting setting(CallContext context, String kind) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-administrators-only");
        }
        Setting setting = KINDS.get(kind);
        if (setting == null) {
            throw ProblemException.notFound();
        }
        return setting;
    }

    private <T> T change(CallContext context, Function<Setting.Change, T> work) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        T result = transactions.call(
                context,
                sql -> work.apply(new Setting.Change(
                        sql, context, snapshot, clock.instant().atOffset(ZoneOffset.UTC))));
        transactions.recall().forget(context.tenant());
        return result;
    }

    /// @throws ProblemException NOT_FOUND when the key is no id
    static UUID id(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException noId) {
            throw ProblemException.notFound();
        }
    }
}
