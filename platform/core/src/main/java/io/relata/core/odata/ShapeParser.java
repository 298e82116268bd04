package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.query.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourceProperty;
import org.apache.olingo.server.api.uri.queryoption.ExpandItem;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.jspecify.annotations.Nullable;

/// Reads what is to be shown: $select and $expand, one level deep.
final class ShapeParser {

    /// Every expanded lookup is one more statement.
    private static final int MAX_EXPANDS = 12;

    private final OptionParser options;
    private final Paths paths;

    ShapeParser(OptionParser options, Paths paths) {
        this.options = options;
        this.paths = paths;
    }

    Shape parse(EntityDefinition entity, EdmEntityType type, @Nullable String select, @Nullable String expand) {
        List<SelectItem> selected = select == null ? List.of() : options.select(select, type);
        Shape shape = selected(entity, selected);
        List<Shape.Expanded> expands = new ArrayList<>();
        if (expand != null) {
            options.expand(expand, type).forEach(item -> expands.addAll(expanded(entity, type, item)));
        }
        if (expands.size() > MAX_EXPANDS) {
            throw Refusal.of("query-too-many", QueryOption.EXPAND, MAX_EXPANDS);
        }
        return new Shape(entity, shape.shown(), shape.narrowed(), distinct(expands));
    }

    /// The id is always shown: who reads a record wants to name it afterwards.
    private static Shape selected(EntityDefinition entity, List<SelectItem> items) {
        boolean everything = items.isEmpty() || items.stream().anyMatch(SelectItem::isStar);
        if (everything) {
            return Shape.whole(entity);
        }
        Set<String> names = new LinkedHashSet<>();
        names.add(Property.OfRecord.ID);
        for (SelectItem item : items) {
            for (UriResource part : item.getResourcePath().getUriResourceParts()) {
                if (part instanceof UriResourceProperty property) {
                    names.add(property.getProperty().getName());
                } else if (!(part instanceof UriResourceNavigation)) {
                    throw Refusal.of("query-unsupported", QueryOption.SELECT, part.getSegmentValue());
                }
            }
        }
        List<Property> shown = TenantEdmProvider.properties(entity).stream()
                .filter(property -> names.contains(property.name()))
                .toList();
        return new Shape(entity, shown, true, List.of());
    }

    private List<Shape.Expanded> expanded(EntityDefinition entity, EdmEntityType type, ExpandItem item) {
        requirePlain(item);
        if (item.isStar()) {
            return type.getNavigationPropertyNames().stream()
                    .map(name -> expanded(entity, name, List.of()))
                    .toList();
        }
        List<UriResource> parts = item.getResourcePath().getUriResourceParts();
        if (parts.size() == 1 && parts.getFirst() instanceof UriResourceNavigation navigation) {
            List<SelectItem> nested = item.getSelectOption() == null
                    ? List.of()
                    : item.getSelectOption().getSelectItems();
            return List.of(expanded(entity, navigation.getProperty().getName(), nested));
        }
        throw Refusal.of("query-unsupported", QueryOption.EXPAND, "/");
    }

    private Shape.Expanded expanded(EntityDefinition entity, String name, List<SelectItem> nested) {
        FieldDefinition lookup = paths.lookup(entity, name);
        return new Shape.Expanded(lookup, selected(paths.target(lookup), nested));
    }

    private static void requirePlain(ExpandItem item) {
        boolean more = item.getExpandOption() != null
                || item.getFilterOption() != null
                || item.getOrderByOption() != null
                || item.getTopOption() != null
                || item.getSkipOption() != null
                || item.getSearchOption() != null
                || item.getApplyOption() != null
                || item.getCountOption() != null
                || item.getLevelsOption() != null
                || item.isRef();
        if (more) {
            throw Refusal.of("query-unsupported", QueryOption.EXPAND, "(…)");
        }
    }

    private static List<Shape.Expanded> distinct(List<Shape.Expanded> expands) {
        Set<String> seen = new LinkedHashSet<>();
        return expands.stream()
                .filter(expanded -> seen.add(expanded.lookup().name()))
                .toList();
    }
}
