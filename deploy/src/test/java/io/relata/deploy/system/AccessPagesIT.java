package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who may do what, said and explained in the browser.
@ExtendWith(ProductExtension.class)
class AccessPagesIT {

    private static final String ACCESS = "/api/v1/access/";

    private final Product product;
    private final Product.TestTenant tenant;

    AccessPagesIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void saysWhatARoleAllowsEntityByEntityAndFieldByFieldAndUndoesIt() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/access");
            page.getByLabel("New role").fill("sales-rep");
            button(page, "Add").click();
            page.getByLabel("Accounts: Read", exact()).selectOption("unit");
            button(page, "Accounts").click();
            page.getByLabel("Annual revenue (millions): access").selectOption("none");
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Save").click();
            await().untilAsserted(() -> {
                JsonNode role = list("roles").path(0);
                assertThat(role.at("/entities/account/read").asText()).isEqualTo("unit");
                assertThat(role.at("/entities/account/fields/revenue").asText()).isEqualTo("none");
                assertThat(role.at("/entities/*/read").asText()).isEqualTo("own");
            });
            button(page, "Undo").click();
            await().untilAsserted(() -> assertThat(
                            list("roles").path(0).at("/entities/account").isMissingNode())
                    .isTrue());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void placesPeopleInUnitsAndTeamsWithTheirRoles() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/access/units");
            page.getByLabel("New unit").fill("Sales");
            button(page, "Add").click();
            assertThat(page.getByRole(AriaRole.ROWHEADER, named("Sales"))).isVisible();
            page.getByRole(AriaRole.LINK, named("Teams")).click();
            page.getByLabel("New team").fill("Deal desk");
            button(page, "Add").click();
            page.getByLabel("Unit of Deal desk", exact()).first().click();
            page.getByRole(AriaRole.OPTION, named("Sales")).click();
            await().untilAsserted(
                            () -> assertThat(list("teams").path(0).path("unit").asText())
                                    .isEqualTo(list("units").path(0).path("id").asText()));
            assertThat(page.getByRole(AriaRole.OPTION)).hasCount(0);
            assertThat(Accessibility.violations(page)).isEmpty();
            page.getByRole(AriaRole.LINK, named("People")).click();
            page.getByLabel("Roles of", new Page.GetByLabelOptions()).first().click();
            page.getByRole(AriaRole.OPTION, named("member")).click();
            await().untilAsserted(() ->
                    assertThat(list("users").path(0).at("/roles/0").asText()).isEqualTo("member"));
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.OPTION)).hasCount(0);
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Locator.GetByLabelOptions inDialog() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    @Test
    void showsARecordToATeamAndHandsItOn() {
        String team = "0199a1b2-0000-7000-8000-000000000002";
        tenant.api()
                .put(ACCESS + "teams/" + team, Map.of("name", "Deal desk", "roles", List.of(), "members", List.of()));
        String account = tenant.api().created("accounts", Map.of("name", "Kestrel"));
        String record = "/api/v1/records/accounts/" + account;
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/accounts/" + account);
            button(page, "More actions").click();
            page.getByRole(AriaRole.MENUITEM, named("Owner and sharing")).click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Show it to", inDialog()).first().click();
            page.getByRole(AriaRole.OPTION, named("Deal desk")).click();
            dialog.getByLabel("May", inDialog()).selectOption("update");
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Share").click();
            assertThat(dialog.getByRole(AriaRole.LIST)).containsText("Deal desk");
            assertThat(shares(record).path(0).path("level").asText()).isEqualTo("update");
            button(page, "Do not show it to Deal desk any more").click();
            assertThat(dialog.getByText("Nobody besides those")).isVisible();
            button(page, "Undo").last().click();
            await().untilAsserted(() -> assertThat(shares(record)).hasSize(1));

            dialog.getByLabel("Owner", inDialog()).first().click();
            page.getByRole(AriaRole.OPTION, named("Deal desk")).click();
            await().untilAsserted(() -> assertThat(tenant.api()
                            .get(record + "/owner")
                            .json()
                            .path("owner")
                            .asText())
                    .isEqualTo(team));
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", "owner.png")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private JsonNode shares(String record) {
        return tenant.api().get(record + "/shares").json().path("value");
    }

    @Test
    void sharesWhatMeetsAConditionWithATeamAndUndoesTheEnd() {
        String team = "0199a1b2-0000-7000-8000-000000000001";
        tenant.api()
                .put(ACCESS + "teams/" + team, Map.of("name", "Auditors", "roles", List.of(), "members", List.of()));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/access/sharing");
            button(page, "New sharing rule").click();
            page.getByLabel("Name of the rule").fill("Large deals");
            page.getByLabel("Records of").selectOption("opportunity");
            button(page, "Filter").click();
            page.getByRole(AriaRole.DIALOG).getByLabel("Field", inDialog()).click();
            page.keyboard().type("amount");
            page.locator("[role=option]").getByText("Amount").first().click();
            page.getByLabel("Amount: Value").fill("1000");
            page.getByLabel("Amount: Value").press("Control+Enter");
            page.getByLabel("Are shown to").selectOption("Auditors");
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Save").click();
            assertThat(page.getByRole(AriaRole.LIST, named("Sharing"))).containsText("Auditors");
            assertThat(Accessibility.violations(page)).isEmpty();
            JsonNode rule = list("rules").path(0);
            assertThat(rule.path("principal").asText()).isEqualTo(team);
            assertThat(rule.path("entity").asText()).isEqualTo("opportunity");
            button(page, "Delete Large deals").click();
            await().untilAsserted(() -> assertThat(list("rules")).isEmpty());
            button(page, "Undo").click();
            await().untilAsserted(() ->
                    assertThat(list("rules").path(0).path("name").asText()).isEqualTo("Large deals"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void explainsWhoSeesARecordInBothLanguagesAndOnAPhone() {
        String id = tenant.api()
                .post("/api/v1/data/accounts", Map.of("name", "Alpha"))
                .json()
                .path("id")
                .asText();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/accounts/" + id);
            button(page, "Who sees this").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.getByRole(AriaRole.LISTITEM).first()).containsText("Reads and changes");
            assertThat(Accessibility.violations(page)).isEmpty();
            page.keyboard().press("Escape");
            assertThat(dialog).not().isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.phone("zh-CN")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "/access/people");
                assertThat(page.getByRole(AriaRole.ROWHEADER).first()).isVisible();
                assertThat(Accessibility.violations(page))
                        .as("people " + scheme)
                        .isEmpty();
                page.navigate(product.baseUrl() + "/accounts/" + id);
                page.getByRole(AriaRole.BUTTON, named("谁能看到")).click();
                assertThat(page.getByRole(AriaRole.DIALOG).getByText("可查看和更改")).isVisible();
                assertThat(Accessibility.violations(page))
                        .as("explanation " + scheme)
                        .isEmpty();
            }
        }
    }

    private JsonNode list(String kind) {
        return tenant.api().get(ACCESS + kind).json().path("value");
    }

    private Page signIn(Browser browser, String path) {
        return browser.signIn(product.baseUrl() + path, tenant.administrator(), tenant.password());
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
