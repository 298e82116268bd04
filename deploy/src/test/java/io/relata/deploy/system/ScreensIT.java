package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every screen, looked at with axe-core in both schemes, at twice its size, and on paper.
@ExtendWith(ProductExtension.class)
class ScreensIT {

    private static final List<String> SCREENS = List.of(
            "/",
            "/my-day",
            "/accounts",
            "/accounts?group=sector",
            "/opportunities?layout=board",
            "/activities?layout=calendar&group=dueAt",
            "/opportunities?layout=chart",
            "/accounts?create=accounts",
            "/reports",
            "/reports/new?set=accounts&kind=table&rows=sector&measures=count,employees:sum",
            "/reports/new?set=accounts&kind=matrix&rows=sector&columns=city",
            "/reports/new?set=accounts&kind=chart&rows=createdAt:month",
            "/dashboards",
            "/imports",
            "/imports/new",
            "/designer",
            "/designer/tab/history",
            "/designer/tab/files",
            "/designer/tab/advice",
            "/designer/account",
            "/designer/account/rules",
            "/designer/account/layout",
            "/designer/account/views",
            "/access/roles",
            "/access/people",
            "/access/teams",
            "/access/units",
            "/access/sharing",
            "/automations",
            "/automations/new",
            "/settings",
            "/settings/sessions",
            "/settings/jobs",
            "/settings/bin",
            "/settings/audit",
            "/settings/limits",
            "/no-such-page");

    private final Product product;
    private final Product.TestTenant tenant;
    private final String account;

    ScreensIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        this.account = tenant.api()
                .post(
                        "/api/v1/data/accounts",
                        Map.of("name", "Alpha", "sector", "medical", "city", "Oslo", "employees", 7))
                .json()
                .path("id")
                .asText();
        tenant.api().put("/api/v1/access/roles/sales-rep", Map.of("entities", Map.of("*", Map.of("read", "own"))));
        tenant.api()
                .post(
                        "/api/v1/data/opportunities",
                        Map.of("name", "Deal", "stage", "prospecting", "accountId", account, "amount", 10));
    }

    private List<String> screens() {
        String record = "/accounts/" + account;
        return Stream.concat(
                        SCREENS.stream(),
                        Stream.of(record, record + "/history", record + "?edit=1", "/accounts?peek=" + account))
                .toList();
    }

    @Test
    void haveNoBarrierInEitherScheme() {
        SoftAssertions all = new SoftAssertions();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.desktop("en-US")) {
                browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                Page page = signIn(browser);
                for (String screen : screens()) {
                    open(page, screen);
                    all.assertThat(Accessibility.violations(page))
                            .as("%s in %s", screen, scheme)
                            .isEmpty();
                }
                all.assertThat(browser.complaints()).as(scheme.name()).isEmpty();
            }
        }
        all.assertAll();
    }

    /// Twice as large is half as much room: nothing may be reached by scrolling sideways only.
    @Test
    void fitAtTwiceTheirSize() {
        SoftAssertions all = new SoftAssertions();
        try (Browser browser = Browser.desktop("zh-CN")) {
            Page page = signIn(browser);
            page.setViewportSize(720, 450);
            for (String screen : screens()) {
                open(page, screen);
                all.assertThat(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
                        .as(screen)
                        .isEqualTo(false);
            }
        }
        all.assertAll();
    }

    @Test
    void leaveOnPaperWhatIsOnlyToPress() {
        try (Browser browser = Browser.desktop("en-US")) {
            Page page = signIn(browser);
            open(page, "/accounts/" + account);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Alpha")))
                    .isVisible();
            assertThat(page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Edit").setExact(true)))
                    .not()
                    .isVisible();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).hasCount(0);
        }
    }

    private void open(Page page, String screen) {
        page.navigate(product.baseUrl() + screen);
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(page.locator("main")).isVisible();
    }

    private Page signIn(Browser browser) {
        Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
        assertThat(page.locator("main")).isVisible();
        return page;
    }
}
