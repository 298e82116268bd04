package io.relata.core.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.MetadataSnapshot.NavigationArea;
import io.relata.core.problem.Messages;
import io.relata.core.problem.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads the solution files in a plugin jar; nothing of the jar is executed.
///
/// The files' form is described by the JSON Schemas beside this class (`solution.schema.json`,
/// `entity.schema.json`). A solution is read whole or refused with every mistake in it.
public final class SolutionReader {

    private static final String ROOT = "solution/";
    private static final String SOLUTION = ROOT + SolutionFiles.SOLUTION;
    private static final List<String> FOLDERS = List.of(ROOT + "entities/", ROOT + "views/", ROOT + "layouts/");
    private static final int GREATEST_FILE = 1 << 20;
    private static final int MOST_FILES = 3_000;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Returns the id that every installation gives the managed entity.
    static UUID managedId(String key) {
        return UUID.nameUUIDFromBytes(("relata:entity:" + key).getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the jar's solution; empty when it brings none.
    ///
    /// @throws SolutionException when the files are wrong
    public Optional<Solution> read(Path jar) {
        List<String> mistakes = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
            ZipEntry entry = zip.getEntry(SOLUTION);
            if (entry == null) {
                return Optional.empty();
            }
            Solution solution = readSolution(zip, entry, mistakes);
            if (!mistakes.isEmpty()) {
                throw new SolutionException(jar.getFileName().toString(), mistakes);
            }
            return Optional.of(solution);
        } catch (IOException exception) {
            mistakes.add("cannot be read as a jar: " + exception.getMessage());
            throw new SolutionException(jar.getFileName().toString(), mistakes);
        }
    }

    private Solution readSolution(ZipFile zip, ZipEntry entry, List<String> mistakes) throws IOException {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(tree(zip, entry), "", violations);
        String key = input.text("key");
        if (!key.isEmpty() && !key.matches("[a-z][a-z0-9-]{0,40}")) {
            input.reject("key", "key-invalid");
        }
        String version = input.text("version");
        List<String> families = families(input);
        List<NavigationArea> navigation = navigation(input);
        input.done();
        Map<String, JsonNode> documents = documents(zip, mistakes);
        List<EntityReader.Draft> drafts = entities(key, documents, mistakes);
        List<EntityDefinition> entities =
                drafts.stream().map(EntityReader.Draft::entity).toList();
        checkTogether(input, families, navigation, entities);
        describe(SOLUTION, violations, mistakes);
        List<RecordIndex> indexes =
                drafts.stream().flatMap(draft -> draft.indexes().stream()).toList();
        Map<String, JsonNode> byKey = new HashMap<>();
        documents.forEach((name, document) -> byKey.put(key + "." + name, document));
        return new Solution(key, version, families, entities, indexes, navigation, byKey);
    }

    private static List<String> families(DefinitionInput input) {
        List<String> families = input.texts("families");
        for (String family : families) {
            if (!family.matches("[a-z][a-z0-9_]{0,40}")) {
                input.reject("families", "family-invalid", family);
            }
        }
        return families;
    }

    private static List<NavigationArea> navigation(DefinitionInput input) {
        List<NavigationArea> areas = new ArrayList<>();
        for (DefinitionInput area : input.objects("navigation")) {
            areas.add(new NavigationArea(area.label("label", true), area.texts("entities")));
            area.done();
        }
        return areas;
    }

    /// Returns the entities' documents by name, each put together from its files.
    private Map<String, JsonNode> documents(ZipFile zip, List<String> mistakes) throws IOException {
        Map<String, JsonNode> files = new TreeMap<>();
        List<? extends ZipEntry> entries = zip.stream()
                .filter(entry -> FOLDERS.stream().anyMatch(entry.getName()::startsWith)
                        && entry.getName().endsWith(".json"))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .limit(MOST_FILES)
                .toList();
        for (ZipEntry entry : entries) {
            files.put(entry.getName().substring(ROOT.length()), tree(zip, entry));
        }
        List<Violation> violations = new ArrayList<>();
        Map<String, JsonNode> documents = new LinkedHashMap<>(SolutionFiles.documents(files, violations));
        describe("solution", violations, mistakes);
        return documents;
    }

    private static List<EntityReader.Draft> entities(
            String solution, Map<String, JsonNode> documents, List<String> mistakes) {
        List<EntityReader.Draft> entities = new ArrayList<>();
        documents.forEach((name, document) -> {
            List<Violation> violations = new ArrayList<>();
            EntityReader.Draft entity = new EntityReader(DefinitionSource.SOLUTION)
                    .read(document, new EntityReader.Identity(managedId(solution + "." + name), solution), violations);
            if (!entity.entity().name().equals(name)) {
                violations.add(Violation.of("name", "file-name-differs", name));
            }
            describe(ROOT + "entities/" + name + ".json", violations, mistakes);
            entities.add(entity);
        });
        return entities;
    }

    private static void checkTogether(
            DefinitionInput input,
            List<String> families,
            List<NavigationArea> navigation,
            List<EntityDefinition> entities) {
        Set<String> names = new HashSet<>();
        Set<String> sets = new HashSet<>();
        for (EntityDefinition entity : entities) {
            names.add(entity.name());
            if (!sets.add(entity.setName())) {
                input.reject("entities." + entity.name() + ".setName", "name-duplicate", entity.setName());
            }
            if (!families.contains(entity.family()) && !entity.family().equals(EntityDefinition.SHARED_FAMILY)) {
                input.reject("entities." + entity.name() + ".family", "family-unknown", entity.family());
            }
        }
        Map<String, EntityDefinition> byName = new HashMap<>();
        entities.forEach(entity -> byName.put(entity.name(), entity));
        for (EntityDefinition entity : entities) {
            LinkedCollection.clashes(entity, byName)
                    .forEach(end -> input.reject(
                            "entities." + entity.name() + ".link[" + end + "].collection", "link-name-taken"));
            for (FieldDefinition field : entity.fields()) {
                if (field.hierarchical() && !entity.name().equals(field.target())) {
                    input.reject("entities." + entity.name() + "." + field.name(), "hierarchy-target");
                }
                for (String target : field.targets()) {
                    if (!names.contains(target)) {
                        input.reject("entities." + entity.name() + "." + field.name(), "target-unknown", target);
                    }
                }
            }
        }
        for (NavigationArea area : navigation) {
            area.entities().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> input.reject("navigation", "entity-unknown", name));
        }
    }

    private JsonNode tree(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(GREATEST_FILE + 1);
            if (bytes.length > GREATEST_FILE) {
                throw new IOException(entry.getName() + " is larger than " + GREATEST_FILE + " bytes");
            }
            return json.readTree(bytes);
        } catch (JsonProcessingException exception) {
            throw new IOException(entry.getName() + ": " + exception.getOriginalMessage(), exception);
        }
    }

    private static void describe(String file, List<Violation> violations, List<String> mistakes) {
        for (Violation violation : violations) {
            String text = Messages.text(Locale.ENGLISH, violation.code(), violation.arguments());
            mistakes.add(file + (violation.field() == null ? "" : " at " + violation.field()) + ": " + text);
        }
    }
}
