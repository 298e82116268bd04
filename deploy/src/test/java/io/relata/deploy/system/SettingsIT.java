package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What was done in the background, what was deleted and what happened, seen and taken back in the browser.
@ExtendWith(ProductExtension.class)
class SettingsIT {

    private final Product product;
    private final Product.TestTenant tenant;

    SettingsIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void aJobIsTakenBackAndSaysWhatItKept() {
        String untouched = tenant.api().created("accounts", Map.of("name", "Alpha", "city", "Oslo"));
        String touched = tenant.api().created("accounts", Map.of("name", "Beta", "city", "Oslo"));
        Api.Answer job = tenant.api()
                .post(
                        "/api/v1/jobs",
                        Map.of(
                                "kind",
                                "update",
                                "set",
                                "accounts",
                                "filter",
                                "city eq 'Oslo'",
                                "values",
                                Map.of("city", "Bergen")));
        String id = job.json().path("id").asText();
        await().until(() -> tenant.api().get("/api/v1/jobs/" + id).json().has("finishedAt"));
        tenant.api().sendJson("PATCH", "/api/v1/data/accounts(" + touched + ")", Map.of("city", "Molde"));

        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/settings/jobs");
            Locator changes = page.getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("Change of all that match: Accounts"));
            assertThat(changes).containsText("2 changed");
            changes.getByRole(AriaRole.BUTTON, insideLoosely("Undo")).click();
            Locator undoing = page.getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("Undoing: Accounts"));
            assertThat(undoing).containsText("1 kept as it is");
            assertThat(changes.getByRole(AriaRole.BUTTON, insideLoosely("Undo")))
                    .hasCount(0);
            undoing.getByRole(AriaRole.BUTTON, insideLoosely("What was kept")).click();
            assertThat(undoing.getByRole(AriaRole.LINK, insideLoosely("Record")))
                    .hasAttribute("href", "/accounts/" + touched);
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(city(untouched)).isEqualTo("Oslo");
        assertThat(city(touched)).isEqualTo("Molde");
    }

    @Test
    void anImportIsTakenBackOnItsPage() {
        String mapping = "{\"entity\": \"account\", \"columns\": [{\"column\": \"Name\", \"field\": \"name\"}]}";
        byte[] csv = "Name\nImported\n".getBytes(StandardCharsets.UTF_8);
        String id = tenant.api()
                .upload("/api/v1/imports", mapping, "a.csv", csv)
                .json()
                .path("id")
                .asText();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/imports/" + id);
            button(page, "Undo the import").click();
            assertThat(page.getByRole(AriaRole.LINK, named("Undone"))).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
        await().until(() -> tenant.api()
                .get("/api/v1/data/accounts/$count?$filter=name%20eq%20'Imported'")
                .text()
                .equals("0"));
    }

    @Test
    void aDeletedRecordComesBackFromTheBin() {
        String id = tenant.api().created("contacts", Map.of("name", "Li Wei"));
        tenant.api().delete("/api/v1/data/contacts(" + id + ")");
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = signIn(browser, "/settings/bin?set=contacts");
            page.getByLabel("多少天后永久清除").fill("7");
            button(page, "保存").click();
            assertThat(page.getByText(Pattern.compile("30")).first()).isVisible();
            page.getByLabel("多少天后永久清除").fill("90");
            button(page, "保存").click();
            assertThat(page.getByText("已保存")).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "恢复: Li Wei").click();
            assertThat(page.getByText("回收站为空")).isVisible();
        }
        assertThat(tenant.api().get("/api/v1/data/contacts(" + id + ")").status())
                .isEqualTo(200);
        assertThat(tenant.api()
                        .get("/api/v1/deleted")
                        .json()
                        .path("deletedDays")
                        .asInt())
                .isEqualTo(90);
    }

    @Test
    void theTrailIsSearchedAndVerified() {
        String id = tenant.api().created("accounts", Map.of("name", "Gamma", "city", "Oslo"));
        tenant.api().sendJson("PATCH", "/api/v1/data/accounts(" + id + ")", Map.of("city", "Molde"));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/settings/audit");
            page.getByLabel("Id of the record").fill(id);
            Locator acts = page.getByRole(AriaRole.LIST, named("Audit")).getByRole(AriaRole.LISTITEM);
            assertThat(acts).hasCount(2);
            page.getByLabel("What", exact()).selectOption("update");
            assertThat(acts).hasCount(1);
            assertThat(acts).containsText("City");
            button(page, "Verify the trail").click();
            assertThat(page.getByText("The trail is as it was written")).isVisible();
            assertThat(page).hasURL(Pattern.compile("action=update"));
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aRecordIsSeenAsItWas() {
        String id = tenant.api().created("accounts", Map.of("name", "Delta", "city", "Hamar"));
        tenant.api().sendJson("PATCH", "/api/v1/data/accounts(" + id + ")", Map.of("city", "Molde"));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/accounts/" + id + "/history");
            button(page, "As it was then").last().click();
            Locator past = page.getByRole(AriaRole.REGION, named("The record as it was on"));
            assertThat(past).containsText("Hamar");
            assertThat(past).not().containsText("Molde");
            assertThat(page).hasURL(Pattern.compile("at="));
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Back to now").click();
            assertThat(past).not().containsText("Hamar");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void thePersonChoosesHowTheScreensAre() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/settings");
            page.getByLabel("Theme").selectOption("dark");
            assertThat(page.locator("html")).hasAttribute("data-mantine-color-scheme", "dark");
            page.getByLabel("Single letters are shortcuts").uncheck();
            page.getByLabel("Language").selectOption("zh-CN");
            assertThat(page.getByRole(AriaRole.HEADING, named("设置"))).isVisible();
            page.navigate(product.baseUrl() + "/accounts");
            page.keyboard().press("c");
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anotherBrowserIsSignedOutAndAsksForThePasswordAgain() {
        try (Browser laptop = Browser.desktop("en-US");
                Browser phone = Browser.phone("en-US");
                Browser tablet = Browser.phone("en-US")) {
            signIn(phone, "/accounts");
            Page page = signIn(laptop, "/settings/sessions");
            Locator signIns = page.getByRole(AriaRole.LIST, named("Sign-ins")).getByRole(AriaRole.LISTITEM);
            assertThat(signIns).hasCount(2);
            assertThat(signIns.first()).containsText("Chrome on Linux This browser");
            assertThat(signIns.last()).containsText("from 127.0.0.1");
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "sign-ins");
            signIns.last()
                    .getByRole(AriaRole.BUTTON, insideLoosely("Sign out: Chrome on Linux"))
                    .click();
            Locator dialog = page.getByRole(AriaRole.DIALOG, named("Sign out Chrome on Linux?"));
            assertThat(Accessibility.violations(page)).isEmpty();
            dialog.getByRole(AriaRole.BUTTON, insideLoosely("Sign out")).click();
            assertThat(page.getByText("Chrome on Linux is signed out")).isVisible();
            assertThat(page.getByText("No other browsers")).isVisible();
            phone.page().navigate(product.baseUrl() + "/accounts");
            assertThat(phone.page().locator("#username")).isVisible();

            signIn(tablet, "/accounts");
            page.reload();
            button(page, "Sign out all other browsers").click();
            page.getByRole(AriaRole.DIALOG, named("Sign out 1 other browser?"))
                    .getByRole(AriaRole.BUTTON, insideLoosely("Sign out"))
                    .click();
            assertThat(page.getByText("All other browsers are signed out")).isVisible();
            tablet.page().navigate(product.baseUrl() + "/accounts");
            assertThat(tablet.page().locator("#username")).isVisible();
            page.navigate(product.baseUrl() + "/settings/audit?action=sign-out");
            Locator acts = page.getByRole(AriaRole.LIST, named("Audit")).getByRole(AriaRole.LISTITEM);
            assertThat(acts).hasCount(2);
            assertThat(acts.first()).containsText("and ended there: 127.0.0.1, Chrome on Linux");
            assertThat(laptop.complaints()).isEmpty();
        }
    }

    @Test
    void administratorsSeeWhatIsUsed() {
        tenant.api().post("/api/v1/files?name=a.txt", Map.of("text", "kept"));
        for (String language : new String[] {"en-US", "zh-CN"}) {
            boolean english = language.equals("en-US");
            for (Browser browser : new Browser[] {Browser.desktop(language), Browser.phone(language)}) {
                try (browser) {
                    Page page = signIn(browser, "/settings/limits");
                    Locator meters = page.getByRole(AriaRole.LIST, named(english ? "Use" : "用量"))
                            .getByRole(AriaRole.LISTITEM);
                    assertThat(meters).hasCount(5);
                    assertThat(meters.nth(2)).containsText(english ? "of 180 s" : "上限 180 秒");
                    assertThat(meters.nth(4)).not().containsText(english ? "0 byte of" : "0字节，");
                    assertThat(Accessibility.violations(page)).isEmpty();
                    String where = language + page.viewportSize().width;
                    picture(page, "use-" + where);
                    page.navigate(product.baseUrl() + "/settings/sessions");
                    assertThat(page.getByRole(AriaRole.LIST, named(english ? "Sign-ins" : "登录")))
                            .isVisible();
                    picture(page, "sign-ins-" + where);
                    assertThat(browser.complaints()).isEmpty();
                }
            }
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
    }

    private String city(String id) {
        return tenant.api()
                .get("/api/v1/data/accounts(" + id + ")")
                .json()
                .path("city")
                .asText();
    }

    private Page signIn(Browser browser, String path) {
        Page page = browser.signIn(product.baseUrl() + path, tenant.administrator(), tenant.password());
        assertThat(page.locator("main")).isVisible();
        return page;
    }

    private static Locator.GetByRoleOptions insideLoosely(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
