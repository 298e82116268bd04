package io.relata.core.metadata;

import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of a field's conditions and an entity's rules, not yet what they mean.
final class ConditionReader {

    private ConditionReader() {}

    /// Returns `null` when there are none.
    static @Nullable Conditions read(DefinitionInput field, FieldType type) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String member : Conditions.MEMBERS) {
            String text = field.optionalText(member);
            if (text != null && type.has(Setting.EXPRESSION) && !member.equals(Conditions.VISIBLE)) {
                field.reject(member, "not-for-type");
            } else if (text != null) {
                texts.put(member, text);
            }
        }
        boolean hasOptions = type.has(Setting.OPTIONS);
        for (DefinitionInput option : field.objects("optionsWhen")) {
            String value = option.text("value");
            texts.put(Conditions.option(value), option.text("when"));
            if (!hasOptions) {
                option.reject("value", "not-for-type");
            }
            option.done();
        }
        return texts.isEmpty() ? null : new Conditions(texts, Map.of());
    }

    static List<Rule> rules(DefinitionInput entity, DefinitionSource source) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DefinitionInput input : entity.objects("rules")) {
            Rule rule = rule(input, source);
            if (!names.add(rule.name())) {
                input.reject("name", "name-duplicate", rule.name());
            }
            rules.add(rule);
        }
        return rules;
    }

    static Rule rule(DefinitionInput input, DefinitionSource source) {
        String name = source.name(input);
        String condition = input.text("refuseWhen");
        DefinitionInput texts = input.object("message");
        Map<String, String> message = new LinkedHashMap<>();
        for (String language : List.of("en", "zh-CN")) {
            String text = source.speaksEveryLanguage() ? texts.text(language) : texts.optionalText(language);
            if (text != null) {
                message.put(language, text);
            }
        }
        texts.done();
        if (message.isEmpty()) {
            input.reject("message", "required");
            message.put("en", "-");
        }
        Rule rule = new Rule(name, condition, new LocalizedText(message), input.optionalText("field"), null);
        input.done();
        return rule;
    }
}
