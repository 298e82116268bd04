package io.relata.core.metadata;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stable name of one part of the metadata.
///
/// Written `c_visit` or `sales.opportunity` (an entity), `sales.opportunity.amount` (a field),
/// `c_visit/views/all` (a view), `c_visit/layout` (a layout).
///
/// @param entity the entity's own component key
/// @param name   of the field or the view; empty for an entity and its layout
public record ComponentKey(String entity, Part part, String name) implements Comparable<ComponentKey> {

    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,60}";
    private static final Pattern TEXT = Pattern.compile("(?<entity>c_[a-z0-9_]{1,60}|[a-z][a-z0-9-]{0,40}\\." + NAME
            + ")(?:\\.(?<field>" + NAME + ")|/views/(?<view>" + NAME + ")|(?<layout>/layout))?");
    private static final Comparator<ComponentKey> ORDER = Comparator.comparing(ComponentKey::entity)
            .thenComparing(ComponentKey::part)
            .thenComparing(ComponentKey::name);

    /// What a component is.
    public enum Part {
        ENTITY,
        FIELD,
        VIEW,
        LAYOUT
    }

    public static ComponentKey ofEntity(String entity) {
        return new ComponentKey(entity, Part.ENTITY, "");
    }

    public static ComponentKey ofField(String entity, String name) {
        return new ComponentKey(entity, Part.FIELD, name);
    }

    static ComponentKey ofView(String entity, String name) {
        return new ComponentKey(entity, Part.VIEW, name);
    }

    static ComponentKey ofLayout(String entity) {
        return new ComponentKey(entity, Part.LAYOUT, "");
    }

    /// Reads a key as [#toString] writes it.
    public static Optional<ComponentKey> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String entity = matcher.group("entity");
        if (matcher.group("field") != null) {
            return Optional.of(ofField(entity, matcher.group("field")));
        }
        if (matcher.group("view") != null) {
            return Optional.of(ofView(entity, matcher.group("view")));
        }
        return Optional.of(matcher.group("layout") == null ? ofEntity(entity) : ofLayout(entity));
    }

    /// Returns whether the tenant made the component itself: it can be removed, not only be put back.
    public boolean own() {
        return isOwn(entity) || (part == Part.FIELD && isOwn(name));
    }

    static boolean isOwn(String name) {
        return name.startsWith("c_");
    }

    @Override
    public int compareTo(ComponentKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (part) {
            case ENTITY -> entity;
            case FIELD -> entity + "." + name;
            case VIEW -> entity + "/views/" + name;
            case LAYOUT -> entity + "/layout";
        };
    }
}
