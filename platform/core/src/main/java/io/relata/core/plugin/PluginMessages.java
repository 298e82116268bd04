package io.relata.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A plugin's own texts, in the languages of the product.
final class PluginMessages {

    private static final String ENGLISH = "solution/messages.properties";
    private static final String CHINESE = "solution/messages_zh_CN.properties";

    private final Properties english;
    private final Properties chinese;

    private PluginMessages(Properties english, Properties chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /// @throws IOException when the jar cannot be read, or the languages do not say the same
    static PluginMessages read(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
            Properties english = read(zip, ENGLISH);
            Properties chinese = read(zip, CHINESE);
            if (!english.keySet().equals(chinese.keySet())) {
                throw new IOException(ENGLISH + " and " + CHINESE + " have different keys");
            }
            return new PluginMessages(english, chinese);
        }
    }

    /// Returns the text, or the key when there is none.
    String text(Locale locale, String key) {
        Properties texts = locale.getLanguage().equals("zh") ? chinese : english;
        return texts.getProperty(key, key);
    }

    private static Properties read(ZipFile zip, String name) throws IOException {
        Properties texts = new Properties();
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
            try (InputStream bytes = zip.getInputStream(entry)) {
                texts.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
