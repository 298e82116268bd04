package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Signing in and out through the real Keycloak, in a real browser.
@ExtendWith(ProductExtension.class)
class SignInIT {

    private final Product product;

    SignInIT(Product product) {
        this.product = product;
    }

    @Test
    void keepsTokensAwayFromScripts() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            assertThat(page.getByRole(AriaRole.NAVIGATION).first()).isVisible();
            assertThat(browser.context().cookies(product.baseUrl()))
                    .filteredOn(cookie -> cookie.name.equals("relata_session"))
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie.httpOnly).isTrue());
            String visible = (String)
                    page.evaluate("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
            assertThat(visible).doesNotContain("eyJ").doesNotContain("relata_session");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void returnsToTheAddressThatWasAskedFor() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/accounts?q=x", tenant.administrator(), tenant.password());
            assertThat(page).hasURL(Pattern.compile("/accounts\\?q=x$"));
        }
    }

    @Test
    void endsTheKeycloakSessionOnSignOut() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^User menu")))
                    .click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            page.locator("#username").waitFor();
            page.navigate(product.baseUrl() + "/accounts");
            assertThat(page.locator("#username")).isVisible();
        }
        List<JsonNode> trail = new ArrayList<>();
        tenant.api().get("/api/v1/audit").json().path("value").forEach(trail::add);
        assertThat(trail)
                .filteredOn(entry -> entry.path("entity").asText().equals("session"))
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("sign-out", "sign-in");
        assertThat(trail.getFirst().path("changes").toString()).contains("127.0.0.1", "Chrome");
    }

    @Test
    void endsWhenKeycloakEndsTheSession() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            assertThat(page.getByRole(AriaRole.NAVIGATION).first()).isVisible();
            page.navigate(product.tokenUrl().replace("/token", "/logout"));
            page.locator("#kc-logout").click();
            page.locator("#kc-logout").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            page.navigate(product.baseUrl() + "/accounts");
            assertThat(page.locator("#username")).isVisible();
        }
    }

    @Test
    void refusesACallFromAnotherSite() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            assertThat(page.getByRole(AriaRole.NAVIGATION).first()).isVisible();
            Object status = page.evaluate(
                    "fetch('/api/v1/data/accounts', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{\"name\": \"Forged\"}'}).then(answer => answer.status)");
            assertThat(status).isEqualTo(403);
            assertThat(tenant.api().get("/api/v1/data/accounts/$count").text().strip())
                    .isEqualTo("0");
        }
    }

    @Test
    void tellsTheUsersOfASuspendedTenantWhy() {
        Product.TestTenant tenant = product.newTenant();
        product.operator().post("/api/tenants/" + tenant.id() + "/suspend", Map.of("reason", "Unpaid"));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            assertThat(page).hasURL(Pattern.compile("/auth/refused\\?reason=suspended"));
            assertThat(page.locator("body")).containsText(Pattern.compile("suspended", Pattern.CASE_INSENSITIVE));
            assertThat(page.locator("body")).containsText("暂停");
        }
    }
}
