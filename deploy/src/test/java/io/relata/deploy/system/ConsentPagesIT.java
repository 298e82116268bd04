package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Somebody says in the browser what people are asked to agree to, and writes down what a contact said.
@ExtendWith(ProductExtension.class)
class ConsentPagesIT {

    private final Product product;
    private final Product.TestTenant tenant;

    ConsentPagesIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void asksForAPurposeAndWritesDownWhatAContactSaid() {
        String account = tenant.api().created("accounts", Map.of("name", "Kestrel"));
        String contact = tenant.api().created("contacts", Map.of("name", "Ada Lovelace", "accountId", account));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/settings/consents");
            button(page, "New purpose").click();
            page.getByLabel("Name (English)").fill("Monthly letter");
            page.getByLabel("Code").fill("Letter");
            page.getByLabel("Months").fill("24");
            page.getByLabel("What people are shown (English)").fill("May we write to you each month?");
            button(page, "Save").click();
            assertThat(page.getByText("Small letters, digits, - and _, beginning with a letter, at most 50."))
                    .isVisible();
            look(page, "purpose");
            page.getByLabel("Code").fill("letter");
            button(page, "Save").click();
            assertThat(page.getByRole(AriaRole.LIST, named("Consents"))).containsText("counts for 24 months");
            button(page, "New text: Monthly letter").click();
            page.getByLabel("What people are shown (中文)").fill("我们可以每月给您写信吗？");
            button(page, "Save").click();
            button(page, "Text 2: Monthly letter").click();
            assertThat(page.getByRole(AriaRole.LIST, named("Texts"))).containsText("Text 2");
            look(page, "purposes");

            page.navigate(product.baseUrl() + "/contacts/" + contact);
            Locator consents = page.getByRole(AriaRole.REGION, named("Consents"));
            assertThat(consents).containsText("Not asked");
            button(page, "Write down: Monthly letter").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("May we write to you each month?");
            dialog.getByLabel("Where").fill("Fair in Leipzig");
            look(page, "consent-dialog");
            button(page, "Save").click();
            assertThat(consents).containsText("Agreed");
            button(page, "Write down: Monthly letter").click();
            button(page, "Save").click();
            assertThat(consents.getByText("Withdrawn")).isVisible();
            button(page, "History: Monthly letter").click();
            assertThat(page.getByRole(AriaRole.LIST, named("History: Monthly letter")))
                    .containsText("Fair in Leipzig");
            look(page, "consents");
            assertThat(browser.complaints()).isEmpty();
        }
        JsonNode standing = tenant.api()
                .get("/api/v1/records/contacts/" + contact + "/consents")
                .json();
        assertThat(standing.at("/purposes/0/agreed").asBoolean()).isFalse();
        assertThat(List.of(standing.at("/entries/0"), standing.at("/entries/1")))
                .extracting(entry ->
                        entry.path("state").asText() + " " + entry.path("way").asText())
                .containsExactly("withdrawn screen", "given screen");
        assertThat(standing.at("/entries/1/textVersion").asInt()).isEqualTo(2);
    }

    @Test
    void fitsAPhoneInChinese() {
        tenant.api()
                .post(
                        "/api/v1/consent-purposes",
                        Map.of(
                                "code", "letter",
                                "label", Map.of("en", "Letter", "zh-CN", "每月简报"),
                                "text", Map.of("en", "May we?", "zh-CN", "可以吗？")));
        String account = tenant.api().created("accounts", Map.of("name", "Kestrel"));
        String contact = tenant.api().created("contacts", Map.of("name", "王小明", "accountId", account));
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = signIn(browser, "/settings/consents");
            assertThat(button(page, "新文本: 每月简报")).isVisible();
            assertThat(wide(page)).isFalse();
            look(page, "purposes-phone");
            page.navigate(product.baseUrl() + "/contacts/" + contact);
            button(page, "记录: 每月简报").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("可以吗？");
            assertThat(wide(page)).isFalse();
            look(page, "consent-dialog-phone");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// The pictures are for people to look at.
    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
        assertThat(Accessibility.violations(page)).as(name).isEmpty();
    }

    private Page signIn(Browser browser, String path) {
        return browser.signIn(product.baseUrl() + path, tenant.administrator(), tenant.password());
    }

    private static boolean wide(Page page) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }
}
