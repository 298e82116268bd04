package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.containing;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A working day in the browser, in both languages, at a desk and on a phone.
@ExtendWith(ProductExtension.class)
class WorkIT {

    private final Product product;

    WorkIT(Product product) {
        this.product = product;
    }

    @Test
    void createsFindsChangesDeletesAndUndoes() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/accounts", tenant.administrator(), tenant.password());
            buttonWith(page, "New").first().click();
            Locator form = page.getByRole(AriaRole.DIALOG);
            form.getByLabel(Pattern.compile("^Name")).fill("Globex Corporation");
            form.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Create").setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, containing("Globex Corporation")))
                    .isVisible();

            page.navigate(product.baseUrl() + "/accounts?q=globex");
            page.getByText("Globex Corporation").first().click();
            page.keyboard().press("Enter");
            String id = id(tenant, "Globex Corporation");

            page.navigate(product.baseUrl() + "/accounts/" + id);
            buttonWith(page, "More actions").first().click();
            page.getByRole(AriaRole.MENUITEM, containing("Delete")).click();
            buttonWith(page, "Undo").click();
            assertThat(page.getByText("Restored").first()).isVisible();
            assertThat(tenant.api().get("/api/v1/data/accounts(" + id + ")").status())
                    .isEqualTo(200);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void movesADealOnTheBoardByKeyboard() {
        Product.TestTenant tenant = product.newTenant();
        String id = tenant.api()
                .post("/api/v1/data/opportunities", Map.of("name", "Big deal", "amount", 1200, "stage", "prospecting"))
                .json()
                .path("id")
                .asText();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/opportunities?layout=board", tenant.administrator(), tenant.password());
            page.getByRole(AriaRole.GROUP, containing("Big deal, Prospecting")).focus();
            page.keyboard().press("Space");
            announced(page, Pattern.compile("Big deal (lifted from|over) Prospecting"));
            page.keyboard().press("ArrowRight");
            announced(page, Pattern.compile("Big deal over Engaging"));
            page.keyboard().press("Space");
            assertThat(page.getByText(Pattern.compile("Big deal moved to Engaging"))
                            .first())
                    .isVisible();
            assertThat(stage(tenant, id)).isEqualTo("engaging");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsTheDemoInEnglishAndSwitchesToChinese() {
        JsonNode user = product.demoTenantEntry("acme").path("users").path(1);
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/opportunities",
                    user.path("username").asText(),
                    user.path("password").asText());
            assertThat(page.getByText("8,800").first()).isVisible();
            button(page, Pattern.compile("^User menu")).click();
            page.getByRole(AriaRole.MENUITEMRADIO, named(Pattern.compile("中文"))).click();
            assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
            assertThat(page.getByText("商机").first()).isVisible();
            button(page, Pattern.compile("^用户菜单")).click();
            page.getByRole(AriaRole.MENUITEMRADIO, named(Pattern.compile("English")))
                    .click();
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsTheChineseTenantOnAPhone() {
        JsonNode user = product.demoTenantEntry("xinghe").path("users").path(0);
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/accounts",
                    user.path("username").asText(),
                    user.path("password").asText());
            assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
            assertThat(page.getByText("Alfreds Futterkiste").first()).isVisible();
            Object overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
            assertThat(overflow).isEqualTo(false);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void servesANewEntityInListAndFormAtOnce() {
        Product.TestTenant tenant = product.newTenant();
        tenant.api().post("/api/v1/metadata/entities", MetadataIT.siteVisit());
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/c_site_visits", tenant.administrator(), tenant.password());
            buttonWith(page, "New").first().click();
            Locator form = page.getByRole(AriaRole.DIALOG);
            form.getByLabel(Pattern.compile("^Subject")).fill("First visit");
            form.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Create").setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, containing("First visit")))
                    .isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// Waits until a screen reader has been told.
    private static void announced(Page page, Pattern text) {
        page.getByText(text).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    }

    private static Locator buttonWith(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, containing(name));
    }

    private static String id(Product.TestTenant tenant, String name) {
        return tenant.api()
                .get("/api/v1/data/accounts" + Api.query("$filter", "name eq '" + name + "'"))
                .json()
                .path("value")
                .path(0)
                .path("id")
                .asText();
    }

    private static String stage(Product.TestTenant tenant, String id) {
        return tenant.api()
                .get("/api/v1/data/opportunities(" + id + ")")
                .json()
                .path("stage")
                .asText();
    }
}
