package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The page on which people read about the API and try it.
@ExtendWith(ProductExtension.class)
class ApiDocsIT {

    private static final String CREATE_ACCOUNT = "#operations-account-create_account";

    private final Product product;

    ApiDocsIT(Product product) {
        this.product = product;
    }

    @Test
    void triesACallAsTheSignedInPerson() {
        Product.TestTenant tenant = product.newTenant();
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^User menu")))
                    .click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("API documentation"))
                    .click();
            page.locator("#operations-tag-account").click();
            Locator operation = page.locator(CREATE_ACCOUNT);
            operation.locator(".opblock-summary-control").click();
            operation.locator(".try-out__btn").click();
            operation.locator("textarea").fill("{\"name\": \"Made in the documentation\"}");
            operation.locator(".execute").click();
            assertThat(operation.locator(".live-responses-table .response .response-col_status"))
                    .containsText("201");
            assertThat(tenant.api()
                            .get("/api/v1/data/accounts/$count"
                                    + Api.query("$filter", "name eq 'Made in the documentation'"))
                            .text())
                    .isEqualTo("1");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void speaksChineseAndFitsAPhone() {
        JsonNode user = product.demoTenantEntry("xinghe").path("users").path(0);
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/api-docs",
                    user.path("username").asText(),
                    user.path("password").asText());
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("API 文档")))
                    .isVisible();
            page.locator("#operations-tag-opportunity").click();
            assertThat(page.getByText("列出商机").first()).isVisible();
            assertThat(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
                    .isEqualTo(false);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
