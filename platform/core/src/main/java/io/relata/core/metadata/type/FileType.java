package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file that was sent before: its id, and what is known of it. The bytes are elsewhere.
class FileType extends FieldType {

    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String CONTENT_TYPE = "contentType";
    private static final String SIZE = "size";

    private static final List<Part> PARTS = List.of(
            new Part(ID, ValueKind.UUID, false),
            new Part(NAME, ValueKind.STRING, true),
            new Part(CONTENT_TYPE, ValueKind.STRING, false),
            new Part(SIZE, ValueKind.INTEGER, false),
            new Part("hash", ValueKind.STRING, false),
            new Part("width", ValueKind.INTEGER, false),
            new Part("height", ValueKind.INTEGER, false));

    private static final int MOST_MEGABYTES = 5_000;
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern WRITTEN = Pattern.compile("(?:.*<)?(" + UUID_FORM + ")>?");
    private static final Pattern ACCEPTED = Pattern.compile("[a-z]+/(\\*|[a-z0-9.+-]+)");

    private final List<String> usuallyAccepted;

    FileType() {
        this("file", List.of());
    }

    FileType(String typeName, List<String> usuallyAccepted) {
        super(typeName, ValueKind.OBJECT, Setting.MAX_MEGABYTES, Setting.ACCEPT);
        this.usuallyAccepted = usuallyAccepted;
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        List<String> accepted = input.has(Setting.ACCEPT.name()) ? input.texts(Setting.ACCEPT.name()) : List.of();
        for (String type : accepted) {
            if (!ACCEPTED.matcher(type).matches() || (!usuallyAccepted.isEmpty() && !usuallyAccepted.contains(type))) {
                input.reject(Setting.ACCEPT.name(), "content-type-wrong", type);
            }
        }
        FieldSettings settings =
                accepted.isEmpty() ? FieldSettings.NONE : FieldSettings.NONE.with(Setting.ACCEPT, accepted);
        return input.has(Setting.MAX_MEGABYTES.name())
                ? settings.with(Setting.MAX_MEGABYTES, input.number(Setting.MAX_MEGABYTES.name(), 1, 1, MOST_MEGABYTES))
                : settings;
    }

    @Override
    public List<Part> parts() {
        return PARTS;
    }

    @Override
    public boolean holdsFile() {
        return true;
    }

    /// By the words in it.
    @Override
    public boolean canBeSearched() {
        return true;
    }

    /// Takes the id, alone or among what is known of the file, which is looked up again.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Object id = input instanceof Map<?, ?> parts ? parts.get(ID) : input;
        Matcher written = WRITTEN.matcher(id instanceof String text ? text.strip() : "");
        return written.matches()
                ? new Parsed.Value(Map.of(ID, written.group(1).toLowerCase(Locale.ROOT)))
                : Wrong.of("expects-file");
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        Map<?, ?> file = (Map<?, ?>) value;
        if (!(file.get(SIZE) instanceof Long size)) {
            return Optional.of(Wrong.of("file-missing"));
        }
        List<String> accepted = field.settings().get(Setting.ACCEPT, usuallyAccepted);
        String type = String.valueOf(file.get(CONTENT_TYPE));
        if (!accepted.isEmpty() && accepted.stream().noneMatch(one -> matches(one, type))) {
            return Optional.of(Wrong.of("file-type", type, String.join(", ", accepted)));
        }
        Integer most = field.settings().get(Setting.MAX_MEGABYTES);
        return most != null && size > (long) most << 20
                ? Optional.of(Wrong.of("file-too-large", most))
                : Optional.empty();
    }

    private static boolean matches(String accepted, String type) {
        return accepted.endsWith("/*")
                ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                : type.equals(accepted);
    }

    /// There is no file that would suit every record.
    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public String written(Object value) {
        Map<?, ?> file = (Map<?, ?>) value;
        return file.get(NAME) + " <" + file.get(ID) + ">";
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put(ID, "01890a5d-ac96-774b-bcce-b302099a8057");
        return file;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return String.valueOf(((Map<?, ?>) value).get(NAME));
    }
}
