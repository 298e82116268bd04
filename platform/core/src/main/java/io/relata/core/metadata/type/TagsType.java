package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Words that people give a record as they please.
final class TagsType extends FieldType {

    private static final int LONGEST = 60;
    private static final int MOST = 50;

    TagsType() {
        super("tags", ValueKind.LIST);
    }

    /// The same word in other letters' case is the same tag.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Parsed parsed = Lists.read(input, form, text -> false);
        if (!(parsed instanceof Parsed.Value texts)) {
            return parsed;
        }
        List<String> tags = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Object text : (List<?>) texts.value()) {
            String tag = Normalizer.normalize(text.toString(), Normalizer.Form.NFC);
            if (seen.add(tag.toLowerCase(Locale.ROOT))) {
                tags.add(tag);
            }
        }
        return new Parsed.Value(List.copyOf(tags));
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        List<?> tags = (List<?>) value;
        if (tags.size() > MOST) {
            return Optional.of(Wrong.of("list-too-long", MOST));
        }
        boolean tooLong = tags.stream().anyMatch(tag -> Texts.length(tag.toString()) > LONGEST);
        return tooLong ? Optional.of(Wrong.of("too-long", LONGEST)) : Optional.empty();
    }

    @Override
    public boolean canBeSearched() {
        return true;
    }

    @Override
    public @Nullable String searched(FieldDefinition field, @Nullable Object value) {
        return value instanceof List<?> tags ? Lists.joined(tags) : null;
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return List.of("VIP", "2026");
    }

    @Override
    public String written(Object value) {
        return Lists.joined((List<?>) value);
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Lists.shown((List<?>) value, context.locale());
    }
}
