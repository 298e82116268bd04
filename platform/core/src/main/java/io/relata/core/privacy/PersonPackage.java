package io.relata.core.privacy;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.file.FileService;
import io.relata.core.file.StoredFile;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.problem.Messages;
import io.relata.spi.CallContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// What was collected of a person as one file: `person.json` for machines, `person.html` for the person, and the files.
final class PersonPackage {

    private static final List<String> KINDS = List.of("record", "agreement", "file", "entry");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MetadataSnapshot snapshot;
    private final FileService files;
    private final CallContext context;
    private final Locale language;

    /// @param language in which the person reads
    PersonPackage(MetadataSnapshot snapshot, FileService files, CallContext context, Locale language) {
        this.snapshot = snapshot;
        this.files = files;
        this.context = context;
        this.language = language;
    }

    /// Packs what was collected; the file is there as a whole or not at all.
    void write(PersonWish wish, Path collected, Path packed, Function<UUID, @Nullable StoredFile> known)
            throws IOException {
        Path unfinished = packed.resolveSibling(packed.getFileName() + ".new");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(unfinished))) {
            zip.putNextEntry(new ZipEntry("person.json"));
            json(wish, collected, zip);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("person.html"));
            html(collected, zip);
            zip.closeEntry();
            files(collected, zip, known);
        }
        Files.move(unfinished, packed, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void json(PersonWish wish, Path collected, OutputStream out) throws IOException {
        JsonGenerator generator = JSON.getFactory().createGenerator(out, JsonEncoding.UTF8);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setCodec(JSON);
        generator.writeStartObject();
        generator.writeNumberField("format", 1);
        generator.writeFieldName("lookedFor");
        generator.writeTree(wish.json());
        for (String kind : KINDS) {
            generator.writeArrayFieldStart(kind.equals("entry") ? "history" : kind + "s");
            try (BufferedReader lines = Files.newBufferedReader(collected)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode node = JSON.readTree(line);
                    if (node.path("is").asText().equals(kind)) {
                        generator.writeTree(node);
                    }
                }
            }
            generator.writeEndArray();
        }
        generator.writeEndObject();
        generator.close();
    }

    private void html(Path collected, OutputStream out) throws IOException {
        Writer page = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        page.write("<!doctype html><html lang=\"" + language.toLanguageTag()
                + "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + word("package-title")
                + "</title><style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
                + "th{text-align:left;vertical-align:top;padding-right:1rem}td{white-space:pre-wrap;overflow-wrap:anywhere}"
                + "</style><h1>" + word("package-title") + "</h1>");
        for (String kind : KINDS) {
            page.write("<h2>" + word("package-" + kind) + "</h2>");
            try (BufferedReader lines = Files.newBufferedReader(collected)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode node = JSON.readTree(line);
                    if (node.path("is").asText().equals(kind)) {
                        page.write(shown(kind, node));
                    }
                }
            }
        }
        page.write("</html>");
        page.flush();
    }

    private String shown(String kind, JsonNode node) {
        Optional<EntityDefinition> entity = snapshot.entity(node.path("entity").asText());
        String title = entity.map(known -> known.label().in(language)).orElse("");
        List<String> rows = new ArrayList<>();
        switch (kind) {
            case "record" ->
                node.path("values")
                        .properties()
                        .forEach(value ->
                                rows.add(row(entity, value.getKey(), text(entity, value.getKey(), value.getValue()))));
            case "file" -> rows.add(cells(title, name(node)));
            case "agreement" -> {
                title = label(node.path("label"));
                rows.add(cells(
                        node.path("saidAt").asText(),
                        word("package-" + node.path("state").asText())));
                rows.add(cells(word("package-shown"), node.path("text").asText("–")));
                rows.add(cells(word("package-source"), node.path("source").asText("–")));
            }
            default -> {
                rows.add(cells(
                        node.path("at").asText(),
                        word("package-" + node.path("action").asText())));
                for (JsonNode change : node.path("changes")) {
                    String name = change.path("field").asText();
                    rows.add(row(
                            entity,
                            name,
                            text(entity, name, change.path("old")) + " → " + text(entity, name, change.path("new"))));
                }
            }
        }
        return (kind.equals("file") ? "" : "<h3>" + escaped(title) + "</h3>") + "<table>" + String.join("", rows)
                + "</table>";
    }

    private String row(Optional<EntityDefinition> entity, String name, String value) {
        return cells(
                entity.flatMap(known -> known.field(name))
                        .map(field -> field.label().in(language))
                        .orElse(name),
                value);
    }

    private String text(Optional<EntityDefinition> entity, String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "–";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(option(entity, name, item.asText())));
            return String.join(", ", items);
        }
        return value.isObject()
                ? JSON.convertValue(value, Map.class).values().toString()
                : option(entity, name, value.asText());
    }

    private String option(Optional<EntityDefinition> entity, String name, String value) {
        Optional<FieldDefinition> field = entity.flatMap(known -> known.field(name));
        for (PicklistOption option : field.map(FieldDefinition::options).orElse(List.of())) {
            if (option.value().equals(value)) {
                return option.label().in(language);
            }
        }
        return value;
    }

    private String label(JsonNode label) {
        Map<String, String> texts = new LinkedHashMap<>();
        label.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts.isEmpty() ? "" : new LocalizedText(texts).in(language);
    }

    private static String cells(String head, String value) {
        return "<tr><th>" + escaped(head) + "</th><td>" + escaped(value) + "</td></tr>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String word(String key) {
        return escaped(Messages.text(language, key, List.of()));
    }

    /// The id keeps files apart that have one name.
    private static String name(JsonNode file) {
        return "files/" + file.path("file").asText() + "-"
                + file.path("name").asText().replaceAll("[\\\\/:*?\"<>|]", "_");
    }

    private void files(Path collected, ZipOutputStream zip, Function<UUID, @Nullable StoredFile> known)
            throws IOException {
        Set<String> packed = new LinkedHashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(collected)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = JSON.readTree(line);
                if (node.path("is").asText().equals("file")
                        && packed.add(node.path("file").asText())) {
                    StoredFile file =
                            known.apply(UUID.fromString(node.path("file").asText()));
                    if (file != null) {
                        zip.putNextEntry(new ZipEntry(name(node)));
                        try (InputStream content = files.open(context, file, 0)) {
                            content.transferTo(zip);
                        }
                        zip.closeEntry();
                    }
                }
            }
        }
    }
}
