package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Values changed in the list itself, by keyboard and by mouse.
@ExtendWith(ProductExtension.class)
class InlineEditIT {

    private static final String ACCOUNTS = "/api/v1/data/accounts";
    private static final int CITY = 3;
    private static final int EMPLOYEES = 5;

    private final Product product;
    private final Product.TestTenant tenant;

    InlineEditIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        for (String name : new String[] {"Alpha", "Beta", "Gamma"}) {
            Api.Answer made = tenant.api().post(ACCOUNTS, Map.of("name", name, "city", "Oslo", "employees", 7));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
        }
    }

    @Test
    void changesValuesByKeyboardAloneAndUndoesThem() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser);
            assertThat(cell(page, 0, CITY)).hasText("Oslo");
            page.keyboard().press("ArrowDown");
            for (int column = 0; column <= CITY; column++) {
                page.keyboard().press("ArrowRight");
            }
            assertThat(cell(page, 0, CITY)).isFocused();
            page.keyboard().press("Enter");
            assertThat(editor(page, 0, CITY)).isFocused();
            page.keyboard().type("Bergen");
            page.keyboard().press("Escape");
            assertThat(cell(page, 0, CITY)).hasText("Oslo");
            assertThat(cell(page, 0, CITY)).isFocused();

            page.keyboard().press("F2");
            assertThat(editor(page, 0, CITY)).isFocused();
            page.keyboard().type("Tromsø");
            page.keyboard().press("Tab");
            assertThat(cell(page, 0, CITY)).hasText("Tromsø");
            assertThat(page.getByText("City of Alpha changed")).isVisible();
            assertThat(city("Alpha")).isEqualTo("Tromsø");
            page.keyboard().press("Tab");
            assertThat(editor(page, 0, EMPLOYEES)).isFocused();
            page.keyboard().type("-1");
            page.keyboard().press("Enter");
            assertThat(cell(page, 0, EMPLOYEES)).containsText("At least 0");
            assertThat(Accessibility.violations(page)).isEmpty();
            page.keyboard().press("Escape");
            assertThat(cell(page, 0, EMPLOYEES)).hasText("7");

            page.keyboard().press("Control+z");
            await().untilAsserted(() -> assertThat(city("Alpha")).isEqualTo("Oslo"));
            assertThat(cell(page, 0, CITY)).hasText("Oslo");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void givesAValueBackWhereSomebodyElseChangedItMeanwhile() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser);
            assertThat(cell(page, 1, CITY)).hasText("Oslo");
            change("Beta", "city", "Bodø");
            // The double click opens and closes the preview; the cell that was hit is the one that is meant.
            cell(page, 1, CITY).dblclick();
            assertThat(editor(page, 1, CITY)).isFocused();
            assertThat(page).not().hasURL(Pattern.compile("peek="));
            page.keyboard().type("Molde");
            page.keyboard().press("Enter");
            assertThat(cell(page, 1, CITY)).containsText("Somebody else has changed this value");
            assertThat(editor(page, 1, CITY)).hasValue("Molde");
            assertThat(city("Beta")).isEqualTo("Bodø");
            page.keyboard().press("Enter");
            await().untilAsserted(() -> assertThat(city("Beta")).isEqualTo("Molde"));

            // Another field's change does not stand in the way.
            change("Gamma", "country", "Norway");
            cell(page, 2, CITY).dblclick();
            assertThat(editor(page, 2, CITY)).isFocused();
            page.keyboard().type("Molde");
            page.keyboard().press("Enter");
            await().untilAsserted(() -> assertThat(city("Gamma")).isEqualTo("Molde"));
            assertThat(cell(page, 2, CITY - 1)).hasText("Norway");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private Page signIn(Browser browser) {
        return browser.signIn(
                product.baseUrl() + "/accounts?columns=sector,country,city,revenue,employees",
                tenant.administrator(),
                tenant.password());
    }

    private static Locator cell(Page page, int row, int column) {
        return page.locator("[data-row='%d'] [data-column='%d']".formatted(row, column));
    }

    private static Locator editor(Page page, int row, int column) {
        return cell(page, row, column).locator("input");
    }

    private String city(String name) {
        return record(name).path("city").asText();
    }

    private JsonNode record(String name) {
        return tenant.api()
                .get(ACCOUNTS + Api.query("$filter", "name eq '" + name + "'"))
                .json()
                .at("/value/0");
    }

    private void change(String name, String property, String value) {
        Api.Answer changed = tenant.api()
                .patch(
                        "%s(%s)".formatted(ACCOUNTS, record(name).path("id").asText()),
                        Map.of(property, value),
                        "If-Match",
                        record(name).path("@odata.etag").asText());
        assertThat(changed.status()).as(changed.text()).isLessThan(300);
    }
}
