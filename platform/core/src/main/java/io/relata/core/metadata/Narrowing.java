package io.relata.core.metadata;

import io.relata.core.metadata.type.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the metadata as somebody sees it: without the fields that are hidden, with others masked or only to be read,
/// and without what would tell of a hidden one.
///
/// What is reckoned from a field tells of it. So a formula or a roll-up is hidden when it reads anything, wherever it
/// is, that is hidden or masked.
final class Narrowing {

    private static final Pattern NAME = Pattern.compile("'(?:[^']|'')*'|(/?)\\b([A-Za-z_]\\w*)");

    private final MetadataSnapshot full;
    private final Map<String, Map<String, FieldAccess>> access = new HashMap<>();
    private final Set<String> hiddenAnywhere = new HashSet<>();

    /// @param given what may be done with a field of an entity
    Narrowing(MetadataSnapshot full, BiFunction<EntityDefinition, FieldDefinition, FieldAccess> given) {
        this.full = full;
        for (EntityDefinition entity : full.entities()) {
            Map<String, FieldAccess> fields = new HashMap<>();
            entity.fields().forEach(field -> fields.put(field.name(), first(entity, field, given)));
            access.put(entity.name(), fields);
        }
    }

    /// A record must have a name for whoever sees it.
    private static FieldAccess first(
            EntityDefinition entity,
            FieldDefinition field,
            BiFunction<EntityDefinition, FieldDefinition, FieldAccess> given) {
        FieldAccess wanted = given.apply(entity, field);
        FieldAccess possible = wanted.fits(field) ? wanted : FieldAccess.NONE;
        return field.name().equals(entity.nameField())
                ? possible.orHigher(Mask.fits(field) ? FieldAccess.MASKED : FieldAccess.READ)
                : possible;
    }

    MetadataSnapshot snapshot() {
        hideWhatTells();
        for (EntityDefinition entity : full.entities()) {
            entity.fields().stream()
                    .filter(field -> !shown(entity, field))
                    .forEach(field -> hiddenAnywhere.addAll(List.of(field.name(), field.property())));
        }
        return new MetadataSnapshot(
                full.tenant(),
                full.version(),
                full.entities().stream().map(this::entity).toList(),
                full.navigation(),
                full.plugins());
    }

    /// Returns the metadata with everything marked as sensitive that is reckoned from what is: it tells of it.
    static MetadataSnapshot withWhatTells(MetadataSnapshot full) {
        if (full.entities().stream()
                .noneMatch(entity -> entity.fields().stream().anyMatch(FieldDefinition::sensitive))) {
            return full;
        }
        Narrowing narrowing =
                new Narrowing(full, (entity, field) -> field.sensitive() ? FieldAccess.NONE : FieldAccess.UPDATE);
        narrowing.hideWhatTells();
        return new MetadataSnapshot(
                full.tenant(),
                full.version(),
                full.entities().stream().map(narrowing::marked).toList(),
                full.navigation(),
                full.plugins());
    }

    private EntityDefinition marked(EntityDefinition entity) {
        return entity.fields().stream().allMatch(field -> field.sensitive() || shown(entity, field))
                ? entity
                : entity.with(marked -> marked.fields(entity.fields().stream()
                        .map(field ->
                                shown(entity, field) ? field : field.with(copy -> copy.set(Setting.SENSITIVE, true)))
                        .toList()));
    }

    private void hideWhatTells() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (EntityDefinition entity : full.entities()) {
                for (FieldDefinition field : entity.fields()) {
                    if (shown(entity, field) && !told(entity, field)) {
                        of(entity.name()).put(field.name(), FieldAccess.NONE);
                        changed = true;
                    }
                }
            }
        }
    }

    /// Returns whether all that the field's value follows from may be read.
    private boolean told(EntityDefinition entity, FieldDefinition field) {
        Formula formula = field.formula();
        RollUp rollUp = field.rollUp();
        String currency = field.settings().get(Setting.CURRENCY_FIELD);
        return (formula == null || readable(entity, formula))
                && (rollUp == null || readable(rollUp))
                && (currency == null || readable(entity.name(), currency));
    }

    private boolean readable(EntityDefinition entity, Formula formula) {
        return formula.sources().values().stream().allMatch(source -> readable(entity, source));
    }

    private boolean readable(EntityDefinition entity, Formula.Source source) {
        String at = entity.name();
        for (Formula.Hop hop : source.hops()) {
            if (!readable(at, hop.lookup().name())) {
                return false;
            }
            at = hop.target().name();
        }
        return source.field() == null || readable(at, source.field().name());
    }

    private boolean readable(RollUp rollUp) {
        String through = rollUp.through();
        return (through == null ? readable(rollUp.of(), rollUp.by()) : ties(through))
                && (rollUp.field() == null || readable(rollUp.of(), rollUp.field()))
                && (rollUp.orderBy() == null || readable(rollUp.of(), rollUp.orderBy()))
                && (rollUp.rateOn() == null || readable(rollUp.of(), rollUp.rateOn()))
                && (rollUp.filter() == null || readable(rollUp.of(), rollUp.filter(), full));
    }

    /// Returns whether both ends of the link may be read.
    private boolean ties(String link) {
        return full.entity(link)
                .map(EntityDefinition::link)
                .filter(ends -> ends.ends().stream().allMatch(end -> readable(link, end.lookup())))
                .isPresent();
    }

    private boolean readable(String entity, String filter, MetadataSnapshot in) {
        Optional<EntityDefinition> of = in.entity(entity);
        try {
            return of.isPresent() && readable(entity, RecordCondition.read(filter, of.get()));
        } catch (RecordCondition.UnreadableException outdated) {
            return false;
        }
    }

    private boolean readable(String entity, RecordCondition condition) {
        return switch (condition) {
            case RecordCondition.And and -> and.parts().stream().allMatch(part -> readable(entity, part));
            case RecordCondition.Or or -> or.parts().stream().allMatch(part -> readable(entity, part));
            case RecordCondition.Not not -> readable(entity, not.part());
            case RecordCondition.Is is -> readable(entity, is.field().name());
        };
    }

    private boolean readable(String entity, String field) {
        return of(entity).getOrDefault(field, FieldAccess.READ).compareTo(FieldAccess.READ) >= 0;
    }

    private boolean shown(EntityDefinition entity, FieldDefinition field) {
        return of(entity.name()).get(field.name()) != FieldAccess.NONE;
    }

    private boolean shown(EntityDefinition entity, @Nullable String field) {
        return field == null || of(entity.name()).getOrDefault(field, FieldAccess.READ) != FieldAccess.NONE;
    }

    private Map<String, FieldAccess> of(String entity) {
        return access.getOrDefault(entity, Map.of());
    }

    private EntityDefinition entity(EntityDefinition entity) {
        List<FieldDefinition> fields = entity.fields().stream()
                .filter(field -> shown(entity, field))
                .map(field -> field(entity, field))
                .toList();
        List<Rule> rules = entity.rules().stream()
                .filter(rule -> shown(entity, rule.field()) && readable(entity, rule.bound()))
                .toList();
        List<View> views = entity.views().stream()
                .flatMap(view -> view(entity, view).stream())
                .toList();
        return fields.equals(entity.fields()) && rules.equals(entity.rules()) && views.equals(entity.views())
                ? entity
                : entity.with(seen -> seen.seenOf(entity)
                        .fields(fields)
                        .rules(rules)
                        .views(
                                views.isEmpty()
                                        ? List.of(Derived.listView(entity.pluralLabel(), entity.nameField(), fields))
                                        : views)
                        .keys(entity.keys().stream()
                                .filter(key ->
                                        key.fields().stream().allMatch(field -> readable(entity.name(), field.name())))
                                .toList())
                        .link(ties(entity.name()) ? entity.link() : null)
                        .layout(layout(entity))
                        .hidden(List.of()));
    }

    private FieldDefinition field(EntityDefinition entity, FieldDefinition field) {
        Conditions conditions = conditions(entity, field.conditions());
        FieldAccess given = Objects.requireNonNull(of(entity.name()).get(field.name()));
        String dependsOn = field.settings().get(Setting.DEPENDS_ON);
        boolean masked = given == FieldAccess.MASKED;
        if (given == FieldAccess.UPDATE && conditions.equals(field.conditions()) && shown(entity, dependsOn)) {
            return field;
        }
        return field.with(seen -> {
            if (!conditions.equals(field.conditions())) {
                seen.set(Setting.CONDITIONS, conditions);
            }
            return seen.set(Setting.DEPENDS_ON, shown(entity, dependsOn) ? dependsOn : null)
                    .set(Setting.MASKED, masked ? true : null)
                    .readOnly(field.readOnly() || given != FieldAccess.UPDATE)
                    .searchable(field.searchable() && !masked)
                    .unique(field.unique() && !masked);
        });
    }

    private Conditions conditions(EntityDefinition entity, Conditions all) {
        Map<String, String> texts = new HashMap<>(all.texts());
        Map<String, Formula> formulas = new HashMap<>(all.formulas());
        all.formulas().forEach((member, formula) -> {
            if (!readable(entity, formula)) {
                texts.remove(member);
                formulas.remove(member);
            }
        });
        return new Conditions(texts, formulas);
    }

    private Optional<View> view(EntityDefinition entity, View view) {
        boolean tells = view.filter() != null && tells(entity, view.filter());
        if (tells || !shown(entity, view.groupBy())) {
            return Optional.empty();
        }
        return Optional.of(new View(
                view.key(),
                view.label(),
                view.kind(),
                view.columns().stream().filter(column -> shown(entity, column)).toList(),
                view.sort().stream().filter(sort -> shown(entity, sort.field())).toList(),
                view.groupBy(),
                shown(entity, view.sum()) ? view.sum() : null,
                view.filter()));
    }

    /// Returns whether the filter names what is hidden: in the entity itself, or on the way behind a lookup.
    private boolean tells(EntityDefinition entity, String filter) {
        Set<String> own = new HashSet<>();
        entity.fields().stream()
                .filter(field -> !shown(entity, field))
                .forEach(field -> own.addAll(List.of(field.name(), field.property())));
        Matcher names = NAME.matcher(filter);
        while (names.find()) {
            String name = names.group(2);
            if (name != null && (names.group(1).isEmpty() ? own : hiddenAnywhere).contains(name)) {
                return true;
            }
        }
        return false;
    }

    private Layout layout(EntityDefinition entity) {
        return new Layout(entity.layout().sections().stream()
                .map(section -> new Layout.Section(
                        section.label(),
                        section.fields().stream()
                                .filter(field -> shown(entity, field))
                                .toList()))
                .filter(section -> !section.fields().isEmpty())
                .toList());
    }
}
