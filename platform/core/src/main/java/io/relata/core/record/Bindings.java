package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lookups that are bound by the address of a record: `account@odata.bind` with `accounts(id)` or `accounts(key='…')`.
final class Bindings {

    static final String SUFFIX = "@odata.bind";

    private static final Pattern ADDRESS = Pattern.compile("(?:.*/)?([^/()]+)\\((.*)\\)");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_]\\w*)=(.*)", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'");

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Map<EntityDefinition, Set<AlternateKey>> wanted = new HashMap<>();
    private final Map<EntityDefinition, Set<UUID>> wantedIds = new HashMap<>();

    /// What stands in the place of a binding that cannot be: the key of the message that says why.
    record Refused(String code) {}

    /// A binding by a key, until it is known whose key it is.
    private record Pending(FieldDefinition lookup, AlternateKey key) {}

    /// A binding by an id to a record of one of several entities, until it is known that the record is of that one.
    private record Named(FieldDefinition lookup, EntityDefinition target, String id) {}

    private Bindings(WriteTransaction tx, EntityDefinition entity) {
        this.tx = tx;
        this.entity = entity;
    }

    /// Returns the inputs with ids in the place of addresses; one statement for each entity that is named by keys.
    static List<RecordInput> resolved(WriteTransaction tx, EntityDefinition entity, List<RecordInput> inputs) {
        boolean none = inputs.stream()
                .noneMatch(input -> input.values().keySet().stream().anyMatch(name -> name.endsWith(SUFFIX)));
        return none ? inputs : new Bindings(tx, entity).resolved(inputs);
    }

    private List<RecordInput> resolved(List<RecordInput> inputs) {
        List<Map<String, @Nullable Object>> read =
                inputs.stream().map(input -> read(input.values())).toList();
        Map<AlternateKey, Object> owners = new HashMap<>();
        wanted.forEach((target, keys) -> owners.putAll(new UniqueValues(tx.tenant(), target).owners(tx.sql(), keys)));
        Map<EntityDefinition, Set<UUID>> existing = new HashMap<>();
        wantedIds.forEach(
                (target, ids) -> existing.put(target, References.records(tx.sql(), tx.tenant(), target, ids)));
        List<RecordInput> resolved = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            RecordInput input = inputs.get(i);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            read.get(i).forEach((name, value) -> {
                if (value instanceof Named one) {
                    boolean is = id(one.id())
                            .filter(Objects.requireNonNull(existing.get(one.target()))::contains)
                            .isPresent();
                    values.put(is ? one.lookup().property() : name, is ? one.id() : new Refused("lookup-missing"));
                } else if (!(value instanceof Pending pending)) {
                    values.put(name, value);
                } else if (owners.containsKey(pending.key())) {
                    values.put(pending.lookup().property(), String.valueOf(owners.get(pending.key())));
                } else {
                    values.put(name, new Refused("lookup-missing"));
                }
            });
            resolved.add(new RecordInput(input.target(), values, input.rest(), input.form(), input.action()));
        }
        return resolved;
    }

    private Map<String, @Nullable Object> read(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.endsWith(SUFFIX)) {
                bind(name, value, read);
            } else {
                read.put(name, value);
            }
        });
        return read;
    }

    private void bind(String name, @Nullable Object value, Map<String, @Nullable Object> into) {
        Optional<FieldDefinition> lookup = entity.field(name.substring(0, name.length() - SUFFIX.length()))
                .filter(field -> field.type().isLookup() && !field.targets().isEmpty());
        if (lookup.isEmpty()) {
            into.put(name, new Refused("unknown-field"));
        } else if (value == null) {
            into.put(lookup.get().property(), null);
        } else {
            address(name, lookup.get(), value.toString(), into);
        }
    }

    private void address(String name, FieldDefinition lookup, String address, Map<String, @Nullable Object> into) {
        Matcher matcher = ADDRESS.matcher(address);
        Optional<EntityDefinition> target = matcher.matches()
                ? lookup.targets().stream()
                        .flatMap(entityName -> tx.seen().entity(entityName).stream())
                        .filter(one -> one.setName().equals(matcher.group(1)))
                        .findFirst()
                : Optional.empty();
        if (target.isEmpty()) {
            into.put(name, new Refused("bind-unreadable"));
            return;
        }
        Matcher named = NAMED.matcher(matcher.group(2));
        if (!named.matches() || named.group(1).equals("id")) {
            byId(name, lookup, target.get(), unquoted(named.matches() ? named.group(2) : matcher.group(2)), into);
            return;
        }
        List<Violation> ignored = new ArrayList<>();
        Optional<AlternateKey> key =
                AlternateKey.read(target.get(), named.group(1), unquoted(named.group(2)), Form.JSON, ignored);
        if (key.isEmpty()) {
            into.put(name, new Refused("bind-unreadable"));
            return;
        }
        wanted.computeIfAbsent(target.get(), entityOfKey -> new HashSet<>()).add(key.get());
        into.put(name, new Pending(lookup, key.get()));
    }

    /// Whose id it is, is found out later anyway where only one entity can be meant.
    private void byId(
            String name,
            FieldDefinition lookup,
            EntityDefinition target,
            String text,
            Map<String, @Nullable Object> into) {
        if (!lookup.polymorphic()) {
            into.put(lookup.property(), text);
            return;
        }
        Set<UUID> ids = wantedIds.computeIfAbsent(target.whole(), entityOfId -> new HashSet<>());
        id(text).ifPresent(ids::add);
        into.put(name, new Named(lookup, target.whole(), text));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static String unquoted(String literal) {
        Matcher quoted = QUOTED.matcher(literal);
        return quoted.matches() ? quoted.group(1).replace("''", "'") : literal;
    }
}
