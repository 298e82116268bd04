package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// SAP UI5's model for OData v4, in a browser: it makes the requests, we look at what it shows.
@ExtendWith(ProductExtension.class)
class Ui5ClientIT {

    private static final Path PROGRAM = Path.of("clients", "ui5").toAbsolutePath();
    private static final Pattern WEBSITE = Pattern.compile("website|address", Pattern.CASE_INSENSITIVE);
    private static final String ACCOUNTS = "/api/v1/data/accounts";

    private final Product.TestTenant tenant;
    private final Product product;
    private PageHost host;
    private Browser browser;
    private Page page;

    Ui5ClientIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @BeforeEach
    void opensThePageOnTwelveAccounts() throws IOException {
        String parent = create(Map.of("name", "Account 01", "city", "Oslo"));
        for (int i = 2; i <= 12; i++) {
            create(Map.of("name", "Account %02d".formatted(i), "parentId", parent, "revenue", 1200.5));
        }
        host = new PageHost(
                PROGRAM.resolve("app"),
                PROGRAM.resolve("node_modules/@openui5/sap.ui.core/src"),
                product.baseUrl(),
                tenant.credentials());
        browser = Browser.desktop("en-US");
        page = browser.page();
        page.navigate(host.address());
        assertThat(page.getByText("12 / accounts")).isVisible();
    }

    @AfterEach
    void closes() {
        browser.close();
        host.close();
    }

    @Test
    void listsInPagesSortedAndFiltered() {
        assertThat(lines()).hasText(new String[] {
            "Account 01",
            "Account 02 / Account 01",
            "Account 03 / Account 01",
            "Account 04 / Account 01",
            "Account 05 / Account 01"
        });

        press("Next");
        assertThat(lines().first()).hasText("Account 06 / Account 01");
        press("Next");
        assertThat(lines()).hasText(new String[] {"Account 11 / Account 01", "Account 12 / Account 01"});

        press("Turn");
        assertThat(lines().first()).hasText("Account 12 / Account 01");

        fill("Search", "t 0");
        assertThat(lines().first()).hasText("Account 09 / Account 01");
        assertThat(page.getByText("9 / accounts")).isVisible();
        assertThat(host.calls()).anySatisfy(call -> assertThat(call).contains("$skip=5&$top=5", "$count=true"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void createsChangesAndDeletes() {
        press("New");
        fill("name", "Hooli");
        fill("website", "https://hooli.example");
        fill("revenue", "0.1");
        press("Save");
        assertThat(page.getByText("13 / accounts")).isVisible();
        eventually(() -> stored("Hooli").path("website").asText(), "https://hooli.example");
        JsonNode hooli = stored("Hooli");
        assertThat(hooli.path("revenue").decimalValue()).isEqualByComparingTo("0.1");

        fill("city", "Bergen");
        press("Save");
        eventually(() -> stored("Hooli").path("city").asText(), "Bergen");
        assertThat(host.calls()).anySatisfy(call -> assertThat(call).contains("PATCH ", "If-Match:W/\"1\""));

        press("Delete");
        assertThat(page.getByText("12 / accounts")).isVisible();
        eventually(() -> String.valueOf(stored("Hooli").isMissingNode()), "true");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhoWasFirst() {
        lines().nth(0).click();
        assertThat(field("city")).hasValue("Oslo");
        tenant.api().patch(ACCOUNTS + "(" + stored("Account 01").path("id").asText() + ")", Map.of("city", "Tromsø"));

        fill("city", "Bergen");
        press("Save");

        assertThat(messages()).containsText(new String[] {"Someone else saved"});
        assertThat(stored("Account 01").path("city").asText()).isEqualTo("Tromsø");
    }

    @Test
    void showsWhatIsWrongWithEachField() {
        press("New");
        fill("city", "Oslo");
        fill("website", "no address");
        press("Save");

        Locator ofTheWebsite = messages().filter(new Locator.FilterOptions().setHasText(WEBSITE));
        assertThat(ofTheWebsite).not().hasCount(0);
        assertThat(tenant.api().get(ACCOUNTS + "/$count").text()).isEqualTo("12");
    }

    private String create(Map<String, Object> values) {
        Api.Answer answer = tenant.api().post(ACCOUNTS, values);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode stored(String name) {
        return tenant.api()
                .get(ACCOUNTS + Api.query("$filter", "name eq '" + name + "'"))
                .json()
                .at("/value/0");
    }

    private static void eventually(java.util.function.Supplier<String> actual, String expected) {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(actual.get()).isEqualTo(expected));
    }

    private Locator lines() {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Accounts"))
                .getByRole(AriaRole.LISTITEM);
    }

    private Locator messages() {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Messages"))
                .getByRole(AriaRole.LISTITEM);
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private void fill(String label, String text) {
        field(label).fill(text);
        field(label).blur();
    }

    private void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
