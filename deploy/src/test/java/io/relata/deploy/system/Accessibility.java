package io.relata.deploy.system;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Looks at a page with axe-core.
final class Accessibility {

    private static final Path AXE = Path.of("clients", "axe", "node_modules", "axe-core", "axe.min.js");

    /// Evaluated by the browser's debugger: the page's own policy lets in no script of ours.
    private static final String RUN = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))""";

    private Accessibility() {}

    /// Returns what is wrong with the page as it is now: the rule and the element.
    @SuppressWarnings("unchecked")
    static List<String> violations(Page page) {
        try {
            page.evaluate(Files.readString(AXE));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return (List<String>) page.evaluate(RUN);
    }
}
