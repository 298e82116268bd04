package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.inside;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The conditions of fields while somebody types, in the browser, and the server's own word on them.
@ExtendWith(ProductExtension.class)
class FormConditionsIT {

    private static final String FINE = """
            {"name": "c_fine", "label": {"en": "Fine", "zh-CN": "罚单"}, "pluralLabel": {"en": "Fines", "zh-CN": "罚单"},
             "fields": [
              {"name": "c_plate", "type": "text", "required": true, "label": {"en": "Plate", "zh-CN": "车牌"}},
              {"name": "c_state", "type": "picklist", "default": "open", "label": {"en": "State", "zh-CN": "状态"},
               "options": [{"value": "open", "label": {"en": "Open", "zh-CN": "未缴"}},
                           {"value": "paid", "label": {"en": "Paid", "zh-CN": "已缴"}},
                           {"value": "waived", "label": {"en": "Waived", "zh-CN": "免除"}}],
               "optionsWhen": [{"value": "waived", "when": "c_amount < 100"}]},
              {"name": "c_amount", "type": "decimal", "scale": 2, "readOnlyWhen": "c_state == 'paid'",
               "label": {"en": "Amount", "zh-CN": "金额"}},
              {"name": "c_reason", "type": "text", "requiredWhen": "c_state == 'waived'",
               "visibleWhen": "c_state == 'waived'", "label": {"en": "Reason", "zh-CN": "原因"}}]}
            """;

    private final Product product;
    private final Product.TestTenant tenant;

    FormConditionsIT(Product product) throws IOException {
        this.product = product;
        this.tenant = product.newTenant();
        Api.Answer made = tenant.api().post("/api/v1/metadata/entities", Api.JSON.readTree(FINE));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    @Test
    void theFormFollowsWhatIsTypedAndTheServerHoldsTheSame() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/c_fines?create=c_fines", tenant.administrator(), tenant.password());
            Locator form = page.getByRole(AriaRole.DIALOG);
            form.getByLabel("Plate").fill("AB123");
            assertThat(form.getByLabel("Reason")).hasCount(0);

            form.getByLabel("Amount").fill("250");
            form.getByLabel("State").click();
            assertThat(page.getByRole(AriaRole.OPTION, named("Waived"))).hasCount(0);
            page.keyboard().press("Escape");
            form.getByLabel("Amount").fill("50");
            form.getByLabel("State").click();
            page.getByRole(AriaRole.OPTION, named("Waived")).click();
            assertThat(form.getByLabel("Reason")).hasAttribute("aria-required", "true");

            form.getByRole(AriaRole.BUTTON, inside("Create")).click();
            assertThat(form.getByLabel("Reason")).hasAttribute("aria-invalid", "true");
            form.getByLabel("Reason").fill("A mistake");
            form.getByRole(AriaRole.BUTTON, inside("Create")).click();
            assertThat(page.getByText("A mistake").first()).isVisible();
        }
        JsonNode made = tenant.api().get("/api/v1/data/c_fines").json().at("/value/0");
        assertThat(made.path("c_state").asText()).isEqualTo("waived");
        assertThat(made.path("c_reason").asText()).isEqualTo("A mistake");
    }

    @Test
    void whatCannotBeChangedNowIsOnlyShown() throws IOException {
        JsonNode paid = tenant.api()
                .post(
                        "/api/v1/data/c_fines",
                        Api.JSON.readTree("{\"c_plate\": \"CD456\", \"c_amount\": 80, \"c_state\": \"open\"}"))
                .json();
        String address = "/api/v1/data/c_fines(" + paid.path("id").asText() + ")";
        tenant.api().sendJson("PATCH", address, Api.JSON.readTree("{\"c_state\": \"paid\"}"));

        try (Browser browser = Browser.phone("zh-CN")) {
            Page page = browser.signIn(
                    product.baseUrl() + "/c_fines/" + paid.path("id").asText(),
                    tenant.administrator(),
                    tenant.password());
            assertThat(page.getByText("80.00").first()).isVisible();
            assertThat(page.getByText("原因")).hasCount(0);
            page.getByRole(AriaRole.BUTTON, named("编辑")).first().click();
            Locator form = page.getByRole(AriaRole.DIALOG);
            assertThat(form.getByLabel("车牌")).isVisible();
            assertThat(form.getByLabel("金额")).hasCount(0);
            assertThat(form.getByText("80.00")).isVisible();
        }
    }
}
