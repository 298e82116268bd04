package io.relata.core.metadata;

import io.relata.core.expression.Scope;
import io.relata.core.expression.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that expressions of an entity may use: its fields, what every record has, and the same over lookups.
final class EntityScope implements Scope {

    private static final int MOST_LOOKUPS = 3;
    private static final Type USER = new Type.Reference("user");
    private static final Map<String, Type> SYSTEM = Map.of(
            "createdAt", Type.Plain.MOMENT, "updatedAt", Type.Plain.MOMENT, "createdBy", USER, "updatedBy", USER);

    private final FormulaBinder binder;
    private final EntityDefinition entity;
    private final int lookups;

    EntityScope(FormulaBinder binder, EntityDefinition entity) {
        this(binder, entity, 0);
    }

    private EntityScope(FormulaBinder binder, EntityDefinition entity, int lookups) {
        this.binder = binder;
        this.entity = entity;
        this.lookups = lookups;
    }

    @Override
    public Optional<Member> member(String name) {
        if (name.equals("id")) {
            return Optional.of(Member.of(new Type.Reference(entity.name())));
        }
        Type system = SYSTEM.get(name);
        if (system != null) {
            return Optional.of(Member.of(system));
        }
        return entity.field(name)
                .filter(EntityScope::usable)
                .flatMap(field -> binder.bound(entity, field))
                .map(this::member);
    }

    private static boolean usable(FieldDefinition field) {
        return field.kind().isScalar();
    }

    private Member member(FieldDefinition field) {
        Type type = ExpressionTypes.of(field);
        Formula formula = field.formula();
        if (formula != null) {
            return new Member(
                    type,
                    null,
                    formula.expression().root().weight(),
                    formula.expression().steady());
        }
        Scope beyond = field.type().isLookup() && lookups < MOST_LOOKUPS
                ? binder.entity(String.valueOf(field.target()))
                        .<Scope>map(target -> new EntityScope(binder, target, lookups + 1))
                        .orElse(null)
                : null;
        return new Member(type, beyond, 1, true);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(SYSTEM.keySet());
        names.add("id");
        entity.fields().stream().filter(EntityScope::usable).forEach(field -> names.add(field.name()));
        return names;
    }
}
