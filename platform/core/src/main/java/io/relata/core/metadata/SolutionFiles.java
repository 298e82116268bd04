package io.relata.core.metadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Definitions as files, in a plugin jar below `solution/` or in a zip of their own:
///
/// - `solution.json`: what the solution is;
/// - `entities/<key>.json`: an entity and its fields; of a managed entity what the tenant put to it;
/// - `views/<key>.json`, `layouts/<key>.json`: how its records are shown. A plugin may say that in the entity's file
/// too.
///
/// The same definitions make the same bytes: members have a fixed order, entries the same time and no compression,
/// whose output differs between versions of the library.
public final class SolutionFiles {

    static final String SOLUTION = "solution.json";

    private static final String ENTITIES = "entities/";
    private static final String VIEWS = "views/";
    private static final String LAYOUTS = "layouts/";
    private static final String JSON = ".json";
    private static final String ROOT = "solution/";
    private static final int GREATEST_FILE = 4 << 20;
    private static final long GREATEST_ZIP = 64L << 20;
    private static final int MOST_FILES = 5_000;
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper WRITER = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private SolutionFiles() {}

    /// Returns the tenant's customisation as files.
    static SortedMap<String, byte[]> write(Customisation customisation) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        ObjectNode solution =
                JsonNodeFactory.instance.objectNode().put("key", "custom").put("version", "1.0.0");
        List<String> plugins = customisation.documents().values().stream()
                .filter(document -> document.has(Customisation.EXTENDS))
                .map(document -> document.path(Customisation.EXTENDS).asText())
                .map(key -> key.substring(0, key.indexOf('.')))
                .distinct()
                .sorted()
                .toList();
        if (!plugins.isEmpty()) {
            plugins.forEach(solution.putArray("requires")::add);
        }
        files.put(SOLUTION, bytes(solution));
        customisation.documents().forEach((key, document) -> {
            ObjectNode entity = document.deepCopy();
            JsonNode views = entity.remove("views");
            JsonNode layout = entity.remove("layout");
            files.put(ENTITIES + key + JSON, bytes(entity));
            if (views != null && !views.isEmpty()) {
                ObjectNode file = JsonNodeFactory.instance.objectNode();
                file.set("views", views);
                files.put(VIEWS + key + JSON, bytes(file));
            }
            if (layout != null && !layout.isEmpty()) {
                files.put(LAYOUTS + key + JSON, bytes(layout));
            }
        });
        return files;
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return (WRITER.writerWithDefaultPrettyPrinter().writeValueAsString(Canonical.of(node)) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("A tree can always be written", exception);
        }
    }

    /// Returns the files in a zip.
    public static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                CRC32 sum = new CRC32();
                sum.update(file.getValue());
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(TIME);
                entry.setSize(file.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /// Reads the files of a zip; a violation names what cannot be read.
    public static SortedMap<String, JsonNode> unzip(InputStream content, List<Violation> violations)
            throws IOException {
        SortedMap<String, JsonNode> files = new TreeMap<>();
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(content, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name =
                        entry.getName().startsWith(ROOT) ? entry.getName().substring(ROOT.length()) : entry.getName();
                byte[] bytes = zip.readNBytes(GREATEST_FILE + 1);
                total += bytes.length;
                if (bytes.length > GREATEST_FILE || total > GREATEST_ZIP || files.size() >= MOST_FILES) {
                    violations.add(Violation.of(name, "files-too-big"));
                    return files;
                }
                if (name.endsWith(JSON)) {
                    read(name, bytes, files, violations);
                }
            }
        } catch (IllegalArgumentException notUtf8) {
            violations.add(Violation.of(null, "files-unreadable"));
        }
        if (files.isEmpty() && violations.isEmpty()) {
            violations.add(Violation.of(null, "files-unreadable"));
        }
        return files;
    }

    private static void read(String name, byte[] bytes, Map<String, JsonNode> files, List<Violation> violations)
            throws IOException {
        try {
            files.put(name, READER.readTree(bytes));
        } catch (JsonProcessingException exception) {
            int line = exception.getLocation() == null
                    ? 1
                    : exception.getLocation().getLineNr();
            violations.add(Violation.of(name, "file-no-json", line));
        }
    }

    /// Returns the entities' documents, each put together from its files.
    ///
    /// @param files by path below the solution's root
    static SortedMap<String, ObjectNode> documents(Map<String, JsonNode> files, List<Violation> violations) {
        SortedMap<String, ObjectNode> documents = new TreeMap<>();
        List<String> rest = new ArrayList<>();
        files.forEach((path, json) -> {
            if (!json.isObject()) {
                violations.add(Violation.of(path, "expects-object"));
            } else if (path.startsWith(ENTITIES)) {
                documents.put(name(ENTITIES, path), json.deepCopy());
            } else if (path.startsWith(VIEWS) || path.startsWith(LAYOUTS)) {
                rest.add(path);
            } else if (!path.equals(SOLUTION)) {
                violations.add(Violation.of(path, "file-unknown"));
            }
        });
        for (String path : rest) {
            boolean views = path.startsWith(VIEWS);
            ObjectNode document = documents.get(name(views ? VIEWS : LAYOUTS, path));
            String member = views ? "views" : "layout";
            JsonNode json = files.getOrDefault(path, MissingNode.getInstance());
            if (document == null) {
                violations.add(Violation.of(path, "file-without-entity"));
            } else if (document.has(member)) {
                violations.add(Violation.of(path, "file-twice"));
            } else {
                document.set(member, views ? json.path("views") : json);
            }
        }
        return documents;
    }

    private static String name(String folder, String path) {
        return path.endsWith(JSON) ? path.substring(folder.length(), path.length() - JSON.length()) : path;
    }
}
