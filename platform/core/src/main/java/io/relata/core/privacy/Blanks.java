package io.relata.core.privacy;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What takes the place of personal values: nothing, where a field may be empty; a word that says nothing, where a text
/// must be there; other fields stay, and it is said why.
///
/// @param gone  the fields whose values go
/// @param stays the fields whose values stay, with the key of the reason
record Blanks(List<FieldDefinition> gone, Map<FieldDefinition, String> stays) {

    private static final int LETTERS = 8;

    /// Returns what becomes of the fields.
    static Blanks of(Collection<FieldDefinition> fields) {
        List<FieldDefinition> gone = new ArrayList<>();
        Map<FieldDefinition, String> stays = new LinkedHashMap<>();
        for (FieldDefinition field : fields) {
            if (field.formula() != null || field.rollUp() != null) {
                continue;
            }
            if (field.readOnly()) {
                stays.put(field, "erase-stays-read-only");
            } else if (field.required() && !isText(field)) {
                stays.put(field, "erase-stays-required");
            } else {
                gone.add(field);
            }
        }
        return new Blanks(gone, stays);
    }

    static Blanks of(EntityDefinition entity) {
        return of(PersonRecords.personal(entity));
    }

    private static boolean isText(FieldDefinition field) {
        return switch (field.type().typeName()) {
            case "text", "longText", "email" -> true;
            default -> false;
        };
    }

    /// Returns what is written into a field, as the API takes it.
    static @Nullable Object value(FieldDefinition field, UUID record) {
        if (!field.required()) {
            return null;
        }
        String own = record.toString().replace("-", "");
        String last = own.substring(own.length() - LETTERS);
        if (field.type().typeName().equals("email")) {
            return last + "@erased.invalid";
        }
        String text = field.unique() ? PersonMatch.GONE + " " + last : PersonMatch.GONE;
        return field.maxLength() > 0 && text.length() > field.maxLength() ? text.substring(0, field.maxLength()) : text;
    }

    /// Returns a value without what names the person; `null` when nothing is left of it.
    static @Nullable Object without(FieldDefinition field, @Nullable Object value, PersonMatch match, UUID record) {
        if (value instanceof Collection<?> list) {
            List<?> rest = list.stream().filter(item -> !match.in(item)).toList();
            return rest.isEmpty() ? value(field, record) : rest;
        }
        boolean words = Stream.of("text", "longText", "richText", "encryptedText")
                .anyMatch(type -> type.equals(field.type().typeName()));
        List<String> texts = PersonMatch.texts(value);
        if (!words || texts.size() != 1) {
            return value(field, record);
        }
        String rest = match.without(texts.getFirst());
        return rest.replace(PersonMatch.GONE, "").isBlank() ? value(field, record) : rest;
    }
}
