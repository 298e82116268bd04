package io.relata.app.signin;

import io.relata.app.identity.Languages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/// The page that says why somebody was not let in, and whom to ask: in both languages, the reader's first,
/// without a script.
final class RefusedPage {

    private final String page = resource("refused.html");
    private final String section = resource("refused-section.html");

    String render(Refusal refusal, String username, Locale first) {
        List<Locale> order = first.equals(Languages.CHINESE)
                ? List.of(Languages.CHINESE, Languages.ENGLISH)
                : List.of(Languages.ENGLISH, Languages.CHINESE);
        String sections = order.stream()
                .map(language -> section(refusal, username, language))
                .collect(Collectors.joining());
        return page.replace("{language}", order.getFirst().toLanguageTag())
                .replace("{title}", text(order.getFirst(), refusal.key() + ".title"))
                .replace("{sections}", sections);
    }

    private String section(Refusal refusal, String username, Locale language) {
        String who = username.isEmpty()
                ? ""
                : "<p class=\"who\">" + text(language, "signed-in-as") + " <strong>" + escaped(username)
                        + "</strong></p>";
        return section.replace("{language}", language.toLanguageTag())
                .replace("{title}", text(language, refusal.key() + ".title"))
                .replace("{text}", text(language, refusal.key() + ".text"))
                .replace("{again}", text(language, "again"))
                .replace("{switch}", text(language, "switch"))
                .replace("{who}", who);
    }

    private static String text(Locale language, String key) {
        return escaped(ResourceBundle.getBundle(
                        "io.relata.app.signin.refused",
                        language,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{", "&#123;");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RefusedPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
