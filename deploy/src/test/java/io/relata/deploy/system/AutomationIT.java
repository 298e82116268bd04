package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.inside;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Things happen by themselves: said in the browser, done by the platform, seen by those whom it concerns.
@ExtendWith(ProductExtension.class)
class AutomationIT {

    private static final String AUTOMATIONS = "/api/v1/automations";

    private final Product product;
    private final Product.TestTenant tenant;

    AutomationIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void anAdministratorBuildsOneAndItsOwnerIsTold() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/automations", tenant.administrator(), tenant.password());
            assertThat(page.getByText("Nothing happens by itself yet")).isVisible();
            assertThat(page.getByText("When Stage of an Opportunity changes: notify the owner."))
                    .isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "New automation").first().click();
            write(page);
            assertThat(page.getByText(
                            "When Stage of an Opportunity changes, if Stage is Won: set Next step to “Send the contract”, "
                                    + "then notify the owner."))
                    .isVisible();
            button(page, "Save").click();
            assertThat(page.getByText("Not saved.")).isVisible();
            page.getByRole(AriaRole.TEXTBOX, named("Name")).fill("Contract");
            button(page, "Dry run").click();
            assertThat(page.getByText("Nothing was written.")).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "automation");
            button(page, "Save").click();
            assertThat(page.getByText("Contract saved")).isVisible();
            assertThat(page).hasURL(Pattern.compile("/automations/[0-9a-f-]{36}$"));

            String deal = dealOfTheAdministrator("Kestrel 红隼");
            win(deal);
            page.navigate(product.baseUrl() + "/opportunities/" + deal);
            assertThat(page.getByText("Send the contract").first()).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Notifications, 1 unread")).click();
            Locator told = page.getByRole(AriaRole.DIALOG, named("Notifications"));
            assertThat(told).containsText("Kestrel 红隼 is won");
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "notifications");
            told.getByRole(AriaRole.LINK).click();
            assertThat(page).hasURL(product.baseUrl() + "/opportunities/" + deal);
            assertThat(button(page, "Notifications")).isVisible();

            page.navigate(product.baseUrl() + "/automations");
            assertThat(page.getByText(Pattern.compile("^1 run done"))).isVisible();
            page.getByRole(AriaRole.LINK, named("Contract")).click();
            page.getByRole(AriaRole.LINK, named("Runs")).click();
            Locator runs = page.getByRole(AriaRole.LIST, named("Runs"));
            assertThat(runs).containsText("Done");
            runs.getByRole(AriaRole.BUTTON, inside("Steps: Kestrel 红隼")).click();
            assertThat(runs).containsText("Step 2 · done · 1 person told");
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "automation-runs");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void write(Page page) {
        page.getByRole(AriaRole.COMBOBOX, named("What happens")).selectOption("updated");
        choose(page, "Only when one of these changes", "Stage");
        page.keyboard().press("Escape");
        button(page, "Choose field and value").click();
        choose(page, "Field", "Stage");
        choose(page, "Stage: Value", "Won");
        page.keyboard().press("Escape");
        button(page, "Apply").click();
        assertThat(page.getByLabel("Only for records for which this holds")).hasValue("stage == 'won'");
        add(page, "Set fields of the record");
        choose(page, "Set a field", "Next step");
        page.getByLabel("Next step", new Page.GetByLabelOptions().setExact(true))
                .fill("Send the contract");
        add(page, "Notify somebody");
        page.getByRole(AriaRole.TEXTBOX, named("Text")).fill("{name} is won");
    }

    private static void choose(Page page, String label, String option) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .first()
                .click();
        // The lists of fields beside an expression have options of the same names.
        page.locator("div[role=option]:visible")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + option + "$")))
                .click();
    }

    private static void add(Page page, String step) {
        button(page, "Add a step").click();
        page.getByRole(AriaRole.MENUITEM, named(step)).click();
    }

    private String dealOfTheAdministrator(String name) {
        JsonNode users = tenant.api().get("/api/v1/users").json().path("value");
        String administrator = StreamSupport.stream(users.spliterator(), false)
                .filter(user -> user.path("username").asText().equals(tenant.administrator()))
                .map(user -> user.path("id").asText())
                .findFirst()
                .orElseThrow();
        String deal = tenant.api().created("opportunities", Map.of("name", name));
        Api.Answer given =
                tenant.api().patch("/api/v1/records/opportunities/" + deal + "/owner", Map.of("owner", administrator));
        assertThat(given.status()).isLessThan(300);
        return deal;
    }

    private void win(String deal) {
        String path = "/api/v1/data/opportunities(" + deal + ")";
        tenant.api().patch(path, Map.of("stage", "won"), "If-Match", "*");
        await().until(() ->
                tenant.api().get(path).json().path("nextStep").asText().equals("Send the contract"));
    }

    @Test
    void oneIsStartedByHandOnAPhoneInChinese() {
        String id = made(Map.of(
                "name",
                "请求折扣",
                "entity",
                "opportunity",
                "trigger",
                Map.of("on", "manual"),
                "steps",
                List.of(
                        Map.of("do", "update", "values", Map.of("nextStep", "等待批准")),
                        Map.of("do", "wait", "days", 1),
                        Map.of("do", "stop")),
                "active",
                true));
        String deal = tenant.api().created("opportunities", Map.of("name", "环球公司"));
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/opportunities/" + deal, tenant.administrator(), tenant.password());
            button(page, "更多操作").click();
            page.getByRole(AriaRole.MENUITEM, named("启动“请求折扣”")).click();
            assertThat(page.getByText("已启动“请求折扣”")).isVisible();
            page.navigate(product.baseUrl() + "/automations");
            assertThat(page.getByText("有人对商机手动启动时，将下一步设为「等待批准」，然后等待 1 天，然后结束。")).isVisible();
            assertThat(page.getByText(Pattern.compile("等待中 1 次"))).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "automations-phone");
            page.navigate(product.baseUrl() + "/automations/" + id + "/runs?state=waiting");
            assertThat(page.getByRole(AriaRole.LIST, named("运行记录"))).containsText("环球公司");
            button(page, "我的").click();
            page.getByRole(AriaRole.MENUITEM, named("通知")).click();
            assertThat(page.getByText("没有通知")).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatWasRefusedIsTriedAgainAndAnOlderVersionComesBack() {
        Map<String, Object> refused = Map.of(
                "name",
                "Renumber",
                "entity",
                "opportunity",
                "trigger",
                Map.of("on", "created"),
                "steps",
                List.of(Map.of("do", "update", "values", Map.of("number", "X-1"))),
                "active",
                true);
        String id = made(refused);
        String taken = tenant.api().created("opportunities", Map.of("name", "First"));
        await().until(() -> number(taken).equals("X-1"));
        String second = tenant.api().created("opportunities", Map.of("name", "Second"));
        await().until(() -> tenant.api()
                        .get(AUTOMATIONS + "/" + id)
                        .json()
                        .path("counts")
                        .path("failed")
                        .asInt()
                == 1);
        tenant.api().patch("/api/v1/data/opportunities(" + taken + ")", Map.of("number", "X-0"), "If-Match", "*");
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/automations", tenant.administrator(), tenant.password());
            page.getByRole(AriaRole.LINK, named("1 failed")).click();
            assertThat(page.getByRole(AriaRole.LIST, named("Runs"))).containsText("Failed");
            button(page, "Try again: Second").click();
            assertThat(page.getByText("1 run is tried again")).isVisible();
            await().until(() -> number(second).equals("X-1"));

            page.getByRole(AriaRole.LINK, named("What it does")).click();
            button(page, "Remove the step 1 Set fields of the record").click();
            add(page, "End here");
            assertThat(page.getByText("Draft saved")).isVisible();
            page.reload();
            assertThat(page.getByText("When an Opportunity is created: end.")).isVisible();
            button(page, "Save").click();
            assertThat(page.getByText("Renumber saved")).isVisible();
            page.getByRole(AriaRole.LINK, named("Versions")).click();
            button(page, "Restore: Version 1").click();
            assertThat(page.getByText("It says again what version 1 said")).isVisible();
            assertThat(page.getByText("Version 3")).isVisible();
            page.navigate(product.baseUrl() + "/automations");
            Locator running = page.getByRole(AriaRole.SWITCH, named("Renumber runs"));
            running.press(" ");
            assertThat(page.getByText("Renumber does not run any more")).isVisible();
            assertThat(running).not().isChecked();
            assertThat(browser.complaints()).isEmpty();
        }
        JsonNode now = tenant.api().get(AUTOMATIONS + "/" + id).json();
        assertThat(now.path("active").asBoolean()).isFalse();
        assertThat(now.path("steps").toString()).contains("X-1");
    }

    private String number(String deal) {
        return tenant.api()
                .get("/api/v1/data/opportunities(" + deal + ")")
                .json()
                .path("number")
                .asText();
    }

    private String made(Map<String, Object> definition) {
        Api.Answer made = tenant.api().post(AUTOMATIONS, definition);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name + ".png"))
                .setFullPage(true));
    }
}
