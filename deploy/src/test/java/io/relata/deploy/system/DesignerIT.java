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
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What an administrator makes of entities in the browser, and that the screens have it at once.
@ExtendWith(ProductExtension.class)
class DesignerIT {

    private static final Pattern APPLIED = Pattern.compile("^(The change holds|Applied)");

    private final Product product;
    private Product.TestTenant tenant;

    DesignerIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = product.newTenant();
    }

    @Test
    void aFormulaIsCheckedOnTheNewestRecordsWhileItIsWritten() {
        String id =
                tenant.api().created("opportunities", Map.of("name", "Deal", "stage", "prospecting", "amount", 300));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer/opportunity");
            button(page, "New field").click();
            Locator sheet = page.getByRole(AriaRole.DIALOG);
            sheet.getByLabel("Label (English)").fill("Weighted");
            sheet.getByLabel("Type", exact()).selectOption("formula");
            sheet.getByLabel("Formula").last().fill("amont * 0.5");
            assertThat(sheet.getByRole(AriaRole.STATUS)).containsText("Did you mean amount?");
            sheet.getByLabel("Formula").last().fill("");
            sheet.getByLabel("Insert a field").first().selectOption("amount");
            sheet.getByLabel("Formula").last().press("End");
            sheet.getByLabel("Formula").last().pressSequentially(" * 0.5");
            assertThat(sheet.getByRole(AriaRole.STATUS)).containsText("Decimal number");
            assertThat(sheet.getByRole(AriaRole.STATUS)).containsText("150");
            assertThat(Accessibility.violations(page)).isEmpty();
            applied(page);

            page.navigate(product.baseUrl() + "/opportunities/" + id);
            assertThat(page.getByText("Weighted").first()).isVisible();
            assertThat(page.getByText("150").first()).isVisible();

            page.navigate(product.baseUrl() + "/designer/opportunity");
            button(page, "Edit Weighted").click();
            assertThat(page.getByRole(AriaRole.DIALOG).getByLabel("Formula").last())
                    .hasValue("amount * 0.5");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aRuleSaysHowManyRecordsItWouldRefuseAndHoldsInTheForm() {
        tenant.api().created("opportunities", Map.of("name", "Small", "stage", "prospecting", "amount", 3));
        tenant.api().created("opportunities", Map.of("name", "Large", "stage", "prospecting", "amount", 300));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer/opportunity/rules");
            button(page, "New rule").click();
            Locator sheet = page.getByRole(AriaRole.DIALOG);
            sheet.getByLabel("Refuse a record when").fill("amount < 10");
            assertThat(sheet.getByRole(AriaRole.STATUS)).containsText("Holds for 1 of the 2 newest records");
            sheet.getByLabel("Message (English)").fill("Too small to be sold");
            sheet.getByLabel("The message stands at").selectOption("amount");
            applied(page);
            assertThat(page.getByText("Too small to be sold").first()).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();

            page.navigate(product.baseUrl() + "/opportunities?create=opportunities");
            Locator form = page.getByRole(AriaRole.DIALOG);
            form.getByLabel("Name").first().fill("Tiny");
            form.getByLabel("Amount").fill("4");
            form.getByRole(AriaRole.BUTTON, inside("Create")).click();
            assertThat(form.getByText("Too small to be sold").first()).isVisible();
        }
        assertThat(tenant.api().get("/api/v1/data/opportunities/$count").text()).isEqualTo("2");
    }

    @Test
    void theLayoutIsArrangedWithTheKeyboardAndByDragging() {
        String id = tenant.api().created("accounts", Map.of("name", "Alpha", "city", "Oslo", "employees", 7));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer/account/layout");
            button(page, "New section").click();
            page.getByLabel("Label (English)").last().fill("Size");
            page.getByLabel("Label (中文)").last().fill("规模");
            Locator city = button(page, "Move City");
            city.focus();
            city.press("Delete");
            assertThat(page.getByRole(AriaRole.REGION, named("In no section"))
                            .getByRole(AriaRole.BUTTON, inside("Move City")))
                    .isFocused();
            button(page, "Move City").press("ArrowDown");
            Locator size = page.getByRole(AriaRole.REGION, named("Size"));
            assertThat(size.getByRole(AriaRole.BUTTON, inside("Move City"))).isFocused();
            button(page, "Move Employees").dragTo(size);
            assertThat(size.getByRole(AriaRole.BUTTON, inside("Move Employees")))
                    .isVisible();
            button(page, "Move Employees").press("ArrowUp");
            assertThat(size.getByRole(AriaRole.LISTITEM)).hasText(new String[] {"Employees", "City"});
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Review the change").click();
            button(page, "Apply").click();
            assertThat(page.getByText("The change holds for everybody now.")).isVisible();

            page.navigate(product.baseUrl() + "/accounts/" + id);
            assertThat(page.getByRole(AriaRole.REGION, named("Size"))).containsText("Employees");
            assertThat(browser.complaints()).isEmpty();
        }
        JsonNode account = entity("account");
        JsonNode last =
                account.at("/layout/sections/" + (account.at("/layout/sections").size() - 1));
        assertThat(last.at("/fields/0").asText()).isEqualTo("employees");
        assertThat(last.at("/label/zh-CN").asText()).isEqualTo("规模");
    }

    @Test
    void aViewIsMadeShownToEverybodyAndHiddenAgain() {
        tenant.api().created("accounts", Map.of("name", "Alpha", "city", "Oslo"));
        tenant.api().created("accounts", Map.of("name", "Beta", "city", "Bergen"));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer/account/views");
            button(page, "New view").click();
            page.getByLabel("Label (English)").fill("Oslo only");
            page.getByLabel("Add a column").selectOption("sector");
            page.getByLabel("Sort by another field").selectOption("name");
            button(page, "Filter").click();
            Locator builder = page.getByRole(AriaRole.DIALOG);
            builder.getByLabel("Field", exact()).click();
            page.keyboard().type("city");
            page.locator("[role=option]").getByText("City").first().click();
            builder.getByLabel("City: Value").fill("Oslo");
            builder.getByLabel("City: Value").press("Control+Enter");
            applied(page);
            JsonNode view = entity("account").path("views").findParents("columns").stream()
                    .filter(one -> one.at("/label/en").asText().equals("Oslo only"))
                    .findFirst()
                    .orElseThrow();
            assertThat(view.path("filter").asText()).isEqualTo("contains(city,'Oslo')");
            page.navigate(
                    product.baseUrl() + "/accounts?view=" + view.path("key").asText());
            assertThat(page.getByText("Alpha")).isVisible();
            assertThat(page.getByText("Beta")).hasCount(0);

            page.navigate(product.baseUrl() + "/designer/account/views");
            button(page, "Remove Oslo only").click();
            button(page, "Apply").click();
            assertThat(page.getByText("Oslo only", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aLookupToSeveralEntitiesIsMadeFilledInAndReadByName() {
        String contact = tenant.api().created("contacts", Map.of("name", "Li Wei"));
        entity(Map.of(
                "name", "c_complaint",
                "label", Map.of("en", "Complaint", "zh-CN", "投诉"),
                "pluralLabel", Map.of("en", "Complaints", "zh-CN", "投诉"),
                "fields",
                        List.of(Map.of(
                                "name", "c_name", "type", "text", "required", true, "label", Map.of("en", "Name")))));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer/c_complaint");
            button(page, "New field").click();
            Locator sheet = page.getByRole(AriaRole.DIALOG);
            sheet.getByLabel("Label (English)").fill("About");
            sheet.getByLabel("Type", exact()).selectOption("lookup");
            sheet.getByRole(AriaRole.CHECKBOX, inside("Account")).check();
            sheet.getByRole(AriaRole.CHECKBOX, inside("Contact")).check();
            applied(page);

            page.navigate(product.baseUrl() + "/c_complaints?create=c_complaints");
            Locator form = page.getByRole(AriaRole.DIALOG);
            form.getByLabel("Name").first().fill("Noise");
            form.getByLabel("Kind of About").selectOption("contact");
            form.getByLabel("About", exact()).click();
            page.getByRole(AriaRole.OPTION, named("Li Wei")).click();
            assertThat(Accessibility.violations(page)).isEmpty();
            form.getByRole(AriaRole.BUTTON, inside("Create")).click();
            assertThat(page.getByRole(AriaRole.LINK, named("Li Wei")).first())
                    .hasAttribute("href", "/contacts/" + contact);

            page.navigate(product.baseUrl() + "/c_complaints");
            assertThat(page.getByRole(AriaRole.GRID)).containsText("Li Wei");
            page.navigate(product.baseUrl() + "/contacts/" + contact);
            assertThat(page.getByRole(AriaRole.REGION, named("Complaints"))).containsText("Noise");
            assertThat(browser.complaints()).isEmpty();
        }
        JsonNode made = tenant.api().get("/api/v1/data/c_complaints").json().at("/value/0");
        assertThat(made.path("c_about_type").asText()).isEqualTo("contact");
        assertThat(made.path("c_about_id").asText()).isEqualTo(contact);
    }

    @Test
    void aLinkTiesTwoEntitiesAndARollUpCountsTheTies() {
        String account = tenant.api().created("accounts", Map.of("name", "Alpha"));
        String contact = tenant.api().created("contacts", Map.of("name", "Li Wei"));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/designer");
            button(page, "New entity").click();
            Locator sheet = page.getByRole(AriaRole.DIALOG);
            sheet.getByLabel("Label (English)").fill("Board seat");
            sheet.getByLabel("Plural (English)").fill("Board seats");
            sheet.getByLabel("Its records are").selectOption("link");
            sheet.getByLabel("One end").selectOption("account");
            sheet.getByLabel("Other end").selectOption("contact");
            applied(page);

            page.navigate(product.baseUrl() + "/designer/account");
            button(page, "New field").click();
            sheet.getByLabel("Label (English)").fill("Seats");
            sheet.getByLabel("Type", exact()).selectOption("rollUp");
            sheet.getByLabel("Reckoned from").selectOption("Board seats that point here by “Account”");
            applied(page);

            tenant.api()
                    .created(
                            "c_board_seats",
                            Map.of("c_account_id", account, "c_contact_id", contact, "c_note", "Chair"));
            page.navigate(product.baseUrl() + "/accounts/" + account);
            Locator seats = page.getByRole(AriaRole.REGION, named("Board seats"));
            assertThat(seats.getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName("Li Wei").setExact(true)))
                    .hasAttribute("href", "/contacts/" + contact);
            assertThat(seats).containsText("Chair");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(tenant.api()
                        .get("/api/v1/data/accounts(" + account + ")?$select=c_seats")
                        .json()
                        .path("c_seats")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void adviceIsTakenWithOneClick() {
        entity(Map.of(
                "name", "c_visit",
                "label", Map.of("en", "Visit", "zh-CN", "拜访"),
                "pluralLabel", Map.of("en", "Visits", "zh-CN", "拜访"),
                "fields",
                        List.of(
                                Map.of(
                                        "name",
                                        "c_name",
                                        "type",
                                        "text",
                                        "required",
                                        true,
                                        "label",
                                        Map.of("en", "Name")),
                                Map.of(
                                        "name",
                                        "c_day",
                                        "type",
                                        "date",
                                        "indexed",
                                        false,
                                        "label",
                                        Map.of("en", "Day", "zh-CN", "日期")))));
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = browser.page();
            // What queries were counted comes with the minute; here it comes at once.
            page.route(
                    "**/api/v1/metadata/advice",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("""
                            {"value": [{"component": "c_visit.c_day", "way": "index", "uses": ["order", "range"],
                              "times": 12, "records": 900, "millis": 4200, "slowest": 800,
                              "first": "2026-01-31T09:00:00Z", "last": "2026-01-31T10:00:00Z",
                              "change": {"op": "change", "component": "c_visit.c_day", "value": {"indexed": true}}}]}
                            """)));
            signIn(browser, "/designer/tab/advice");
            assertThat(page.getByText("Visit: Day")).isVisible();
            assertThat(page.getByText("12 queries")).isVisible();
            assertThat(Accessibility.violations(page)).isEmpty();
            button(page, "Mark indexed: Visit: Day").click();
            button(page, "Apply").click();
            assertThat(page.getByText(APPLIED).first()).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(entity("c_visit").path("fields").findParents("type").stream()
                        .filter(field -> field.path("name").asText().equals("c_day"))
                        .map(field -> field.path("indexed").asBoolean()))
                .containsExactly(true));
    }

    /// Reviews what the open form says, and applies it.
    private static void applied(Page page) {
        button(page, "Review the change").click();
        button(page, "Apply").click();
        assertThat(page.getByText(APPLIED).first()).isVisible();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    private JsonNode entity(String name) {
        for (JsonNode entity : tenant.api().get("/api/v1/metadata").json().path("entities")) {
            if (entity.path("name").asText().equals(name)) {
                return entity;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private void entity(Map<String, Object> definition) {
        Api.Answer answer = tenant.api().post("/api/v1/metadata/entities", definition);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private Page signIn(Browser browser, String path) {
        Page page = browser.signIn(product.baseUrl() + path, tenant.administrator(), tenant.password());
        assertThat(page.locator("main")).isVisible();
        return page;
    }

    private static Locator.GetByLabelOptions exact() {
        return new Locator.GetByLabelOptions().setExact(true);
    }
}
