package io.relata.core.record;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.spi.Consents;
import io.relata.spi.RecordAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A draft as a plugin's action sees it, with the action's parameters.
final class ActionDraft implements RecordAction {

    private final RecordDraft draft;
    private final ActionCall call;
    private final CallContext context;
    private final Consents consents;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private ActionDraft(RecordDraft draft, ActionCall call, CallContext context, Consents consents) {
        this.draft = draft;
        this.call = call;
        this.context = context;
        this.consents = consents;
    }

    /// Reads the parameters and, when they are sound, has the action done.
    static void run(RecordDraft draft, ActionCall call, CallContext context, Consents consents) {
        ActionDraft action = new ActionDraft(draft, call, context, consents);
        List<Violation> violations = action.read();
        if (violations.isEmpty()) {
            call.action().handler().handle(context, action);
        } else {
            violations.forEach(found ->
                    draft.reject(found.field(), found.code(), found.arguments().toArray()));
        }
    }

    private List<Violation> read() {
        List<Violation> violations = new ArrayList<>();
        call.parameters().keySet().stream()
                .filter(name -> call.definition().parameters().stream()
                        .noneMatch(parameter -> parameter.property().equals(name)))
                .forEach(name -> violations.add(Violation.of(name, "unknown-parameter")));
        for (FieldDefinition parameter : call.definition().parameters()) {
            Object sent = call.parameters().get(parameter.property());
            int found = violations.size();
            Object value = sent == null && parameter.defaultValue() != null
                    ? FieldValues.parse(parameter, parameter.defaultValue(), Form.TEXT, violations)
                    : FieldValues.parse(parameter, sent, Form.JSON, violations);
            FieldValues.check(parameter, value, violations);
            if (value == null && parameter.required() && violations.size() == found) {
                violations.add(Violation.of(parameter.property(), "required"));
            }
            parameters.put(parameter.name(), value);
        }
        return violations;
    }

    @Override
    public UUID id() {
        return draft.id();
    }

    @Override
    public @Nullable Object parameter(String name) {
        if (!parameters.containsKey(name)) {
            throw new IllegalArgumentException("The action " + call.definition().name() + " has no parameter " + name);
        }
        return parameters.get(name);
    }

    @Override
    public @Nullable Object value(String field) {
        return draft.value(HookChange.definition(draft, field));
    }

    @Override
    public void set(String field, @Nullable Object value) {
        HookChange.set(draft, field, value);
    }

    @Override
    public void reject(@Nullable String name, String message) {
        String text = call.action().texts().text(context.locale(), message);
        draft.reject(name == null ? null : property(name), "hook-rejected", text);
    }

    @Override
    public Consents consents() {
        return consents;
    }

    private String property(String name) {
        return call.definition()
                .parameter(name)
                .orElseGet(() -> HookChange.definition(draft, name))
                .property();
    }
}
