package io.relata.core.metadata.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.Characters;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where letters go: lines, place, region, postal code and country, each of them apart, and written as the country
/// writes them.
final class AddressType extends FieldType {

    static final String STREET = "street";
    static final String LOCALITY = "locality";
    static final String REGION = "region";
    static final String POSTAL_CODE = "postalCode";
    static final String COUNTRY = "country";

    private static final List<Part> PARTS = List.of(
            new Part(STREET, ValueKind.STRING, true),
            new Part(LOCALITY, ValueKind.STRING, true),
            new Part(REGION, ValueKind.STRING, true),
            new Part(POSTAL_CODE, ValueKind.STRING, false),
            new Part(COUNTRY, ValueKind.STRING, false));

    private static final int LONGEST_STREET = 400;
    private static final int LONGEST = 120;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    AddressType() {
        super("address", ValueKind.OBJECT);
    }

    @Override
    public List<Part> parts() {
        return PARTS;
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Optional<Map<?, ?>> members = members(input);
        if (members.isEmpty()
                || !members.get().keySet().stream()
                        .allMatch(name ->
                                PARTS.stream().anyMatch(part -> part.name().equals(name)))) {
            return Wrong.of("expects-address");
        }
        Map<String, Object> address = new LinkedHashMap<>();
        for (Part part : PARTS) {
            Object value = members.get().get(part.name());
            if (value != null && !(value instanceof String)) {
                return Wrong.of("expects-address");
            }
            String text = value == null ? "" : ((String) value).strip();
            if (!text.isEmpty()) {
                address.put(part.name(), part.name().equals(COUNTRY) ? text.toUpperCase(Locale.ROOT) : text);
            }
        }
        return new Parsed.Value(Collections.unmodifiableMap(address));
    }

    private static Optional<Map<?, ?>> members(Object input) {
        if (input instanceof Map<?, ?> map) {
            return Optional.of(map);
        }
        try {
            return input instanceof String text && text.strip().startsWith("{")
                    ? Optional.of(JSON.readValue(text, Map.class))
                    : Optional.empty();
        } catch (JsonProcessingException exception) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        for (Map.Entry<?, ?> part : ((Map<?, ?>) value).entrySet()) {
            String text = part.getValue().toString();
            int longest = part.getKey().equals(STREET) ? LONGEST_STREET : LONGEST;
            if (Characters.unstorable(text)) {
                return Optional.of(Wrong.of("bad-characters"));
            }
            if (Texts.length(text) > longest) {
                return Optional.of(Wrong.of("too-long", longest));
            }
            if (part.getKey().equals(COUNTRY) && !COUNTRIES.contains(text)) {
                return Optional.of(Wrong.of("country-unknown", text));
            }
        }
        return Optional.empty();
    }

    /// There is no address that would suit every record.
    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("Texts could not be written as JSON", exception);
        }
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put(STREET, "Karl Johans gate 1");
        address.put(LOCALITY, "Oslo");
        address.put(POSTAL_CODE, "0154");
        address.put(COUNTRY, "NO");
        return address;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return AddressLines.of((Map<?, ?>) value, context.locale());
    }
}
