package io.relata.deploy.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A real Chromium with one person in front of it.
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final Pattern EXPECTED_REFUSAL = Pattern.compile("status of 40[134]|status of 412|status of 422");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Browser(String language, int width, int height) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.find())
                        .setArgs(FLAGS));
        context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height));
        page = context.newPage();
        page.onPageError(error -> complaints.add(error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !EXPECTED_REFUSAL.matcher(message.text()).find()) {
                complaints.add(message.text());
            }
        });
    }

    static Browser desktop(String language) {
        return new Browser(language, 1440, 900);
    }

    static Browser phone(String language) {
        return new Browser(language, 390, 844);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /// What scripts and the browser itself complained about: errors, broken policies.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// Opens the address and signs in at Keycloak, which asks for the name and the password one after the other.
    Page signIn(String address, String username, String password) {
        page.navigate(address);
        page.locator("#username").fill(username);
        page.locator("#kc-login").click();
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
        return page;
    }

    @Override
    public void close() {
        context.close();
        chromium.close();
        playwright.close();
    }
}
