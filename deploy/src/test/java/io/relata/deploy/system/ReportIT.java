package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Reports and dashboards in the browser: asked, kept, shown, taken out, arranged.
@ExtendWith(ProductExtension.class)
class ReportIT {

    private static final int RECORDS = 12;

    private final Product product;
    private final Product.TestTenant tenant;

    ReportIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        List<Map<String, Object>> items = IntStream.range(0, RECORDS)
                .<Map<String, Object>>mapToObj(i -> Map.of(
                        "op",
                        "create",
                        "values",
                        Map.of(
                                "name",
                                "Account %02d".formatted(i),
                                "city",
                                i % 2 == 0 ? "Oslo" : "Bergen",
                                "sector",
                                i % 3 == 0 ? "medical" : "technology",
                                "employees",
                                i)))
                .toList();
        Api.Answer made = tenant.api().post("/api/v1/data/accounts/Relata.bulk", Map.of("items", items));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    @Test
    void asksByGroupsShowsAMatrixLeadsToTheRecordsAndKeepsTheQuestion() throws IOException {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/reports");
            page.getByRole(AriaRole.LINK, named("New report")).click();
            choose(page, "Records", "Accounts");
            page.getByRole(AriaRole.RADIOGROUP, named("Shown as"))
                    .getByText("Matrix")
                    .click(new Locator.ClickOptions().setForce(true));
            add(page, "Rows", "Add a field to group by", "Sector");
            add(page, "Columns", "Add a field to group by", "City");
            add(page, "Figures", "Add a figure", "Employees");
            Locator medical = page.getByRole(AriaRole.ROW, named(Pattern.compile("^Medical")));
            // 0, 6 in Oslo, 3, 9 in Bergen: two records each
            assertThat(medical).hasText(Pattern.compile("Medical\\s*2\\s*12\\s*2\\s*6\\s*4\\s*18"));
            assertThat(page.getByRole(AriaRole.ROW, named(Pattern.compile("^Total"))))
                    .containsText("66");
            assertThat(Accessibility.violations(page)).isEmpty();

            button(page, "Save").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Name").fill("Staff by sector");
            dialog.getByLabel("Share with everybody").check();
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("/reports/[0-9a-f-]{36}$"));
            page.reload();
            assertThat(medical).isVisible();
            JsonNode kept = tenant.api().get("/api/v1/analysis/reports").json().at("/value/0");
            assertThat(kept.path("name").asText()).isEqualTo("Staff by sector");
            assertThat(kept.at("/definition/rows/0").asText()).isEqualTo("sector");
            assertThat(kept.at("/definition/measures/1").asText()).isEqualTo("employees:sum");

            Download csv = page.waitForDownload(() -> button(page, "Export CSV").click());
            assertThat(Files.readString(csv.path()))
                    .startsWith("\uFEFFSector,City,Records,Sum of Employees\r\n")
                    .contains("Medical,Bergen,2,12", "Technology,Oslo,4,24");

            medical.getByRole(AriaRole.LINK).first().click();
            assertThat(page.getByTestId("record-count")).hasText("2 records");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void arrangesTilesByKeyboardAndShowsThemInBothSchemesAndOnAPhone() {
        Api.Answer made = tenant.api().post("/api/v1/analysis/dashboards", dashboard());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/dashboards");
            assertThat(tile(page, "All accounts")).containsText("12");
            assertThat(tile(page, "Newest")).containsText("Account 00");
            assertThat(tile(page, "By sector")).containsText("Technology");
            button(page, "Change").click();
            page.getByRole(AriaRole.MENUITEM, named("Arrange tiles")).click();
            button(page, "Move All accounts").focus();
            page.keyboard().press("Shift+ArrowRight");
            page.keyboard().press("ArrowRight");
            assertThat(button(page, "Move All accounts")).isFocused();
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Save").click();
            await().untilAsserted(() -> {
                JsonNode tiles =
                        tenant.api().get("/api/v1/analysis/dashboards").json().at("/value/0/definition/tiles");
                assertThat(tiles.at("/1/title").asText()).isEqualTo("All accounts");
                assertThat(tiles.at("/1/width").asInt()).isEqualTo(2);
            });
            tile(page, "By sector").dragTo(tile(page, "All accounts"));
            tile(page, "All accounts").getByRole(AriaRole.LINK).nth(1).click();
            assertThat(page.getByTestId("record-count")).hasText("12 records");
            assertThat(browser.complaints()).isEmpty();
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.phone("zh-CN")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "/dashboards");
                assertThat(tile(page, "By sector")).isVisible();
                look(page, "dashboard-phone-" + scheme);
                page.navigate(product.baseUrl() + "/reports/new?set=accounts&kind=chart&rows=sector");
                assertThat(page.getByRole(AriaRole.LINK, named(Pattern.compile("^科技"))))
                        .isVisible();
                look(page, "report-phone-" + scheme);
            }
        }
    }

    @Test
    void refusesWhatCannotBeAskedNamingThePlace() {
        Api.Answer refused = tenant.api()
                .post(
                        "/api/v1/analysis/reports",
                        Map.of("name", "x", "definition", Map.of("set", "accounts", "rows", List.of("nosuch"))));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/violations/0/field").asText()).isEqualTo("definition.rows");
        assertThat(tenant.api()
                        .post("/api/v1/analysis/reports", Map.of("name", "x", "definition", Map.of("set", "nosuch")))
                        .json()
                        .at("/violations/0/message")
                        .asText())
                .isEqualTo("There is no entity nosuch.");
    }

    private static Map<String, Object> dashboard() {
        Map<String, Object> number = Map.of("set", "accounts", "kind", "number", "measures", List.of("count"));
        Map<String, Object> chart = Map.of("set", "accounts", "kind", "chart", "rows", List.of("sector"));
        Map<String, Object> list = Map.of("set", "accounts", "kind", "list", "sort", "name", "top", 5);
        return Map.of(
                "name",
                "Accounts at a glance",
                "shared",
                true,
                "definition",
                Map.of(
                        "tiles",
                        List.of(
                                Map.of("title", "All accounts", "width", 1, "height", 1, "report", number),
                                Map.of("title", "By sector", "width", 2, "height", 2, "report", chart),
                                Map.of("title", "Newest", "width", 2, "height", 2, "report", list))));
    }

    private static Locator tile(Page page, String title) {
        return page.getByRole(AriaRole.REGION, named(title));
    }

    private static void choose(Page page, String label, String option) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .first()
                .click();
        page.getByRole(AriaRole.OPTION, named(option)).click();
    }

    private static void add(Page page, String part, String label, String field) {
        Locator input = page.getByRole(AriaRole.REGION, named(part))
                .getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
        input.fill(field);
        page.getByRole(AriaRole.OPTION, named(field)).click();
    }

    /// The pictures are for people to look at.
    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
        assertThat(Accessibility.violations(page)).as(name).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
                .isEqualTo(false);
    }

    private Page signIn(Browser browser, String path) {
        return browser.signIn(product.baseUrl() + path, tenant.administrator(), tenant.password());
    }
}
