package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.inside;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Activities, favourites and what was opened last, in the browser.
@ExtendWith(ProductExtension.class)
class ActivityIT {

    private static final String ACTIVITIES = "/api/v1/data/activities";

    private final Product product;
    private final Product.TestTenant tenant;
    private final String account;
    private final String deal;

    ActivityIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        this.account = tenant.api().created("accounts", Map.of("name", "Globex"));
        this.deal = tenant.api()
                .created("opportunities", Map.of("name", "Big deal", "stage", "prospecting", "accountId", account));
    }

    @Test
    void logsACallByKeyboardAloneAndShowsItOnTheCustomerToo() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/opportunities/" + deal);
            assertThat(page.getByRole(AriaRole.GROUP, named("Write to the timeline")))
                    .isVisible();
            page.keyboard().press("l");
            page.keyboard().type("Talked about the price");
            page.keyboard().press("Control+Enter");
            Locator timeline = page.getByRole(AriaRole.COMPLEMENTARY, named("Timeline"));
            assertThat(timeline.getByRole(AriaRole.LINK, inside("Talked about the price")))
                    .isVisible();
            JsonNode call = tenant.api()
                    .get(ACTIVITIES + Api.query("$filter", "opportunityId eq " + deal))
                    .json()
                    .at("/value/0");
            assertThat(call.path("kind").asText()).isEqualTo("call");
            assertThat(call.path("done").asBoolean()).isTrue();
            assertThat(call.path("accountId").asText()).isEqualTo(account);

            page.navigate(product.baseUrl() + "/accounts/" + account);
            assertThat(page.getByRole(AriaRole.LINK, named("Talked about the price")))
                    .isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void plansATaskAndTicksItOffOnMyDay() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/my-day");
            page.getByLabel("What is to be done?").fill("Send the offer");
            button(page, "Add task").click();
            Locator today = page.getByRole(AriaRole.REGION, named("Today"));
            today.getByLabel("Done: Send the offer").check();
            assertThat(page.getByRole(AriaRole.REGION, named("Done today")).getByText("Send the offer"))
                    .isVisible();
            button(page, "Undo").click();
            assertThat(today.getByText("Send the offer")).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void keepsFavouritesAndWhatWasOpenedOnTheServer() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser, "/accounts/" + account);
            Locator star = button(page, "Favourite: Globex");
            star.click();
            assertThat(star).hasAttribute("aria-pressed", "true");
            assertThat(page.getByRole(AriaRole.REGION, named("Favourites")).getByText("Globex"))
                    .isVisible();
        }
        try (Browser other = Browser.desktop("en-US")) {
            Page page = signIn(other, "/");
            assertThat(page.getByRole(AriaRole.REGION, named("Favourites")).getByText("Globex"))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.REGION, named("What you opened last"))
                            .getByText("Globex"))
                    .isVisible();
            page.keyboard().press("Control+k");
            page.getByRole(AriaRole.OPTION, named("Globex")).click();
            assertThat(page).hasURL(Pattern.compile("/accounts/" + account));
            button(page, "Favourite: Globex").click();
            assertThat(page.getByRole(AriaRole.REGION, named("Favourites"))).hasCount(0);
            assertThat(other.complaints()).isEmpty();
        }
    }

    @Test
    void isFreeOfBarriersInBothLanguagesAndSchemesAndOnAPhone() {
        tenant.api()
                .post(
                        ACTIVITIES,
                        Map.of("subject", "Old task", "kind", "task", "dueDate", "2020-01-01", "accountId", account));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.desktop("en-US")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "/accounts/" + account);
                assertThat(page.getByText("Overdue · 1 Jan 2020")).isVisible();
                look(page, "record-" + scheme);
                page.navigate(product.baseUrl() + "/my-day");
                assertThat(page.getByText("Nothing planned for today.")).isVisible();
                look(page, "day-" + scheme);
            }
            try (Browser browser = Browser.phone("zh-CN")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser, "/accounts/" + account + "/timeline");
                assertThat(page.getByText("Old task").first()).isVisible();
                assertThat(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
                        .isEqualTo(false);
                look(page, "timeline-phone-" + scheme);
            }
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
}
