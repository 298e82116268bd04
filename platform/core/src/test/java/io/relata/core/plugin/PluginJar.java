package io.relata.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// Builds a plugin jar of the shape that plugins have, for tests.
public final class PluginJar {

    private final String id;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> extensions = new ArrayList<>();

    public PluginJar(String id) {
        this.id = id;
    }

    public PluginJar file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Adds `solution/solution.json`; further members are given as JSON.
    public PluginJar solution(String members) {
        return file("solution/solution.json", "{\"key\":\"" + id + "\",\"version\":\"1.0.0\"" + members + "}");
    }

    public PluginJar entity(String name, String json) {
        return file("solution/entities/" + name + ".json", json);
    }

    /// Adds a class of the test to the jar and names it as an extension.
    public PluginJar extension(Class<?> type) throws IOException {
        extensions.add(type.getName());
        return type(type);
    }

    public PluginJar type(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
            if (bytes == null) {
                throw new IOException("No class file " + path);
            }
            files.put(path, bytes.readAllBytes());
        }
        return this;
    }

    /// Writes the jar into the folder.
    public Path write(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", "1.0.0");
        attributes.putValue("Plugin-Provider", "Test");
        Path jar = folder.resolve(id + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            if (!extensions.isEmpty()) {
                write(
                        zip,
                        "META-INF/extensions.idx",
                        String.join("\n", extensions).getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(zip, file.getKey(), file.getValue());
            }
        }
        return jar;
    }

    private static void write(JarOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }
}
