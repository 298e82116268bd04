package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.containing;
import static io.relata.deploy.system.ByName.inside;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The list in the browser: kept views, groups with totals, changes to all that match.
@ExtendWith(ProductExtension.class)
class ListIT {

    private static final int RECORDS = 150;
    private static final String ACCOUNTS = "/api/v1/data/accounts";

    private final Product product;
    private final Product.TestTenant tenant;

    ListIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        List<Map<String, Object>> items = IntStream.range(0, RECORDS)
                .<Map<String, Object>>mapToObj(i -> Map.of(
                        "op",
                        "create",
                        "values",
                        Map.of(
                                "name",
                                "Account %03d".formatted(i),
                                "city",
                                i % 2 == 0 ? "Oslo" : "Bergen",
                                "sector",
                                i % 3 == 0 ? "medical" : "technology",
                                "employees",
                                i)))
                .toList();
        Api.Answer made = tenant.api().post(ACCOUNTS + "/Relata.bulk", Map.of("items", items));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    @Test
    void keepsViewsForOneselfAndForEverybody() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "?filter=" + encoded("city eq 'Oslo'") + "&group=sector&sort=-employees");
            assertThat(page.getByTestId("record-count")).hasText("75 records");
            viewAction(page, "Save as a new view…");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Name").fill("Oslo by sector");
            assertThat(Accessibility.violations(page)).isEmpty();
            dialog.getByLabel("Share with everybody").check();
            button(page, "Save").click();
            assertThat(page.getByRole(AriaRole.LINK, containing("Oslo by sector")))
                    .isVisible();
            assertThat(page).hasURL(Pattern.compile("\\?view=[0-9a-f-]{36}$"));

            page.reload();
            assertThat(page.getByTestId("record-count")).hasText("75 records");
            assertThat(page.getByRole(AriaRole.ROW, named(Pattern.compile("Medical.*25 records"))))
                    .isVisible();
            JsonNode kept = tenant.api().get("/api/v1/views/accounts").json().at("/value/0");
            assertThat(kept.path("name").asText()).isEqualTo("Oslo by sector");
            assertThat(kept.at("/definition/filter").asText()).isEqualTo("city eq 'Oslo'");
            assertThat(kept.at("/definition/groupBy").asText()).isEqualTo("sector");
            assertThat(kept.at("/definition/sort/0/desc").asBoolean()).isTrue();

            button(page, Pattern.compile("^Group:")).click();
            page.getByRole(AriaRole.MENUITEMRADIO, containing("Not grouped")).click();
            viewAction(page, "Save in “Oslo by sector”");
            await().untilAsserted(() -> assertThat(tenant.api()
                            .get("/api/v1/views/accounts")
                            .json()
                            .at("/value/0/definition/groupBy")
                            .isMissingNode())
                    .isTrue());

            viewAction(page, "Delete view");
            button(page, "Undo").click();
            assertThat(page.getByRole(AriaRole.LINK, containing("Oslo by sector")))
                    .isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void exportsWhatIsLookedAtForPeopleOrForPrograms() throws IOException {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(
                    browser, "?filter=" + encoded("employees lt 4") + "&sort=-employees&columns=name,sector,employees");
            assertThat(page.getByTestId("record-count")).hasText("4 records");
            assertThat(exported(page, "As shown here"))
                    .containsExactly(
                            "\uFEFFName,Sector,Employees",
                            "Account 003,Medical,3",
                            "Account 002,Technology,2",
                            "Account 001,Technology,1",
                            "Account 000,Medical,0");
            assertThat(exported(page, "Raw values")).hasSize(5).first().isEqualTo("\uFEFFid,name,sector,employees");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static List<String> exported(Page page, String form) throws IOException {
        viewAction(page, "Export…");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel(form).check();
        look(page, "export");
        dialog.getByRole(AriaRole.BUTTON, inside("Export")).click();
        Locator download = dialog.getByText("Download", new Locator.GetByTextOptions().setExact(true));
        assertThat(download).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
        Path file = page.waitForDownload(download::click).path();
        dialog.getByRole(AriaRole.BUTTON, inside("Close")).last().click();
        return Files.readAllLines(file);
    }

    @Test
    void changesAndDeletesAllThatMatchAndUndoesIt() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "");
            page.getByLabel("Select all loaded rows").check();
            button(page, "Select all 150 that match").click();
            button(page, "Edit").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Field", new Locator.GetByLabelOptions().setExact(true))
                    .click();
            page.getByRole(AriaRole.OPTION, named("City")).click();
            dialog.getByLabel("City").fill("Tromsø");
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Change 150 records").click();
            assertThat(page.getByText("150 records changed"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            assertThat(count("city eq 'Tromsø'")).isEqualTo(RECORDS);

            button(page, "Undo").click();
            await().atMost(Duration.ofSeconds(20)).until(() -> count("city eq 'Oslo'") == RECORDS / 2);
            assertThat(count("city eq 'Tromsø'")).isZero();
            assertThat(page.getByText("150 records changed"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));

            button(page, "Delete").click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                    .click();
            assertThat(page.getByText("150 records deleted"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            assertThat(count("id ne null")).isZero();
            button(page, "Undo").click();
            await().atMost(Duration.ofSeconds(20)).until(() -> count("id ne null") == RECORDS);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void keepsTheWidthOfAColumnInTheAddress() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "");
            Locator edge = page.getByRole(AriaRole.SEPARATOR, containing("Width of Name"));
            double before = edge.locator("..").boundingBox().width;
            edge.focus();
            page.keyboard().press("ArrowRight");
            assertThat(page).hasURL(Pattern.compile("widths=name"));
            page.reload();
            await().untilAsserted(() -> assertThat(edge.locator("..").boundingBox().width)
                    .isCloseTo(before + 16, org.assertj.core.data.Offset.offset(1.0)));
            edge.dblclick();
            assertThat(page).not().hasURL(Pattern.compile("widths"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void buildsAFilterOfGroupsOverLookupsAndKeepsItInTheAddress() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "?filter=" + encoded("Relata.Today(createdAt)"));
            assertThat(button(page, Pattern.compile("^Created is today$"))).isVisible();
            button(page, "Filter").click();
            Locator builder = page.getByRole(AriaRole.DIALOG, named("Filters"));
            assertThat(builder.getByText("150 records match")).isVisible();
            choose(page, field(builder), "city", "City");
            choose(page, builder.getByLabel("City: Operator"), "", "is");
            builder.getByLabel("City: Value").fill("Oslo");
            builder.getByRole(AriaRole.BUTTON, inside("Group")).click();
            choose(page, field(builder), "employees", "Employees");
            builder.getByLabel("Employees: Value").fill("20");
            builder.getByRole(AriaRole.BUTTON, inside("Condition")).first().click();
            choose(page, field(builder), "parent parent sector", "Parent account › Parent account › Sector");
            assertThat(Accessibility.violations(page)).isEmpty();
            builder.getByLabel("Employees: Value").press("Control+Enter");

            assertThat(page.getByTestId("record-count")).hasText("1 record");
            page.reload();
            assertThat(page.getByTestId("record-count")).hasText("1 record");
            assertThat(button(page, Pattern.compile("^Employees is 20$"))).isVisible();
            button(page, "Remove filter Employees").click();
            assertThat(page.getByTestId("record-count")).hasText("75 records");
            page.goBack();
            assertThat(page.getByTestId("record-count")).hasText("1 record");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void sortsByTwoFieldsAndKeepsColumnsInTheirPlace() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(
                    browser,
                    "?sort=sector&columns=sector,employees,city,country,website,phone&frozen=2&widths=city:900");
            Locator employees = page.getByRole(AriaRole.COLUMNHEADER, containing("Employees"));
            employees
                    .getByRole(AriaRole.BUTTON)
                    .click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
            employees
                    .getByRole(AriaRole.BUTTON)
                    .click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
            assertThat(page).hasURL(Pattern.compile("sort=sector%2C-employees"));
            assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Account 147");
            Locator sector = page.getByRole(AriaRole.COLUMNHEADER, containing("Sector"));
            double before = sector.boundingBox().x;
            page.getByRole(AriaRole.GRID).hover();
            page.mouse().wheel(400, 0);
            await().untilAsserted(() -> assertThat(page.getByRole(AriaRole.COLUMNHEADER, containing("City"))
                            .boundingBox()
                            .x)
                    .isLessThan(before));
            assertThat(sector.boundingBox().x).isEqualTo(before);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// Types into a list of choices and takes one.
    private static void choose(Page page, Locator input, String typed, String option) {
        input.click();
        if (!typed.isEmpty()) {
            input.fill(typed);
        }
        page.getByRole(AriaRole.OPTION, named(option)).click();
    }

    /// The choice of a field in the line that was added last.
    private static Locator field(Locator builder) {
        return builder.getByLabel("Field", new Locator.GetByLabelOptions().setExact(true))
                .last();
    }

    @Test
    void showsTheSameRecordsAsCalendarAndChartAndLeadsBackToTheList() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "?filter=" + encoded("city eq 'Oslo'"));
            page.getByTitle("Chart").click();
            assertThat(page).hasURL(Pattern.compile("layout=chart"));
            Locator medical = page.getByRole(AriaRole.LINK, named(Pattern.compile("^Medical 25 records")));
            assertThat(medical).isVisible();
            look(page, "chart");
            viewAction(page, "Save as a new view…");
            page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill("Oslo bars");
            button(page, "Save").click();
            assertThat(page).hasURL(Pattern.compile("\\?view=[0-9a-f-]{36}$"));
            medical.click();
            assertThat(page.getByTestId("record-count")).hasText("25 records");

            page.navigate(product.baseUrl() + "/accounts?layout=calendar&group=createdAt");
            assertThat(page.getByText("150 records")).isVisible();
            page.getByText("147 more").click();
            assertThat(page.getByTestId("record-count")).hasText("150 records");
            page.goBack();
            page.getByRole(AriaRole.TABLE)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Account"))
                    .first()
                    .click();
            assertThat(page.getByRole(AriaRole.COMPLEMENTARY)).isVisible();
            look(page, "calendar");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void isFreeOfBarriersInBothLanguagesAndSchemesAndOnAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.desktop("en-US")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "?group=sector");
                page.getByLabel("Select all loaded rows").check();
                assertThat(button(page, "Select all 150 that match")).isVisible();
                look(page, "list-" + scheme);
            }
            try (Browser browser = Browser.phone("zh-CN")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "?group=sector");
                assertThat(page.getByText("Account 000").first()).isVisible();
                assertThat(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
                        .isEqualTo(false);
                look(page, "list-phone-" + scheme);
            }
        }
    }

    /// The pictures are for people to look at.
    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
        assertThat(Accessibility.violations(page)).as(name).isEmpty();
    }

    private Page signIn(Browser browser, String query) {
        return browser.signIn(product.baseUrl() + "/accounts" + query, tenant.administrator(), tenant.password());
    }

    private static void viewAction(Page page, String action) {
        button(page, Pattern.compile("^Views:")).click();
        page.getByRole(AriaRole.MENUITEM, containing(action)).click();
    }

    private int count(String filter) {
        return Integer.parseInt(tenant.api()
                .get(ACCOUNTS + "/$count" + Api.query("$filter", filter))
                .text());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
