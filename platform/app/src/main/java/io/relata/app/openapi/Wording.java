package io.relata.app.openapi;

import io.relata.core.metadata.EntityDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Fills the template's texts (`%key`) and names (`{set}`) in one language, for one entity where it is about one.
///
/// @param names     what stands for each placeholder
/// @param arguments what the texts are filled with
record Wording(Locale locale, Map<String, String> names, List<String> arguments) {

    private static final String TEXT = "%";

    Wording {
        names = Map.copyOf(names);
        arguments = List.copyOf(arguments);
    }

    /// Returns the wording for an entity: its label, its plural, and examples of queries on it.
    Wording about(EntityDefinition entity) {
        Map<String, String> named = new HashMap<>(names);
        named.put("{set}", entity.setName());
        named.put("{type}", entity.name());
        QueryExamples examples = new QueryExamples(entity);
        return new Wording(
                locale,
                named,
                List.of(
                        entity.label().in(locale),
                        entity.pluralLabel().in(locale),
                        examples.filter(),
                        examples.select(),
                        examples.orderBy(),
                        examples.expand()));
    }

    String fill(String template) {
        if (template.startsWith(TEXT)) {
            return Texts.of(locale, template.substring(TEXT.length()), arguments);
        }
        return template.indexOf('{') < 0 ? template : named(template);
    }

    private String named(String template) {
        String filled = template;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }
}
