package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// No English word stands on a Chinese screen: not in what is read, nor in what is read out.
@ExtendWith(ProductExtension.class)
class LanguageIT {

    /// What is shown, and what screen readers say; names in the API are no words.
    private static final String TEXTS = """
            () => {
              const seen = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const parent = walk.currentNode.parentElement;
                if (parent.closest('script, style, kbd, code') === null) seen.push(walk.currentNode.data);
              }
              for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
                document.querySelectorAll(`[${name}]:not([aria-hidden=true])`).forEach((element) => seen.push(element.getAttribute(name)));
              }
              return seen;
            }""";

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

    /// Names of things that have no other in Chinese, keys, and the service account that made the records.
    private static final Set<String> NAMES = Set.of(
            "API", "CSV", "JSON", "UTF", "GB", "ID", "EUR", "English", "Ctrl", "Esc", "Enter", "Shift", "Space",
            "OpenAPI", "zip", "Delete", "Europe", "Oslo", "NULL", "tests", "Chrome", "Linux", "Webhook");

    private final Product product;
    private final Product.TestTenant tenant;
    private final String account;

    LanguageIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        this.account = tenant.api().created("accounts", Map.of("name", "环球公司", "sector", "medical"));
        tenant.api()
                .created(
                        "opportunities",
                        Map.of("name", "大单", "stage", "prospecting", "amount", 12, "accountId", account));
        tenant.api()
                .created(
                        "activities",
                        Map.of("subject", "发报价", "kind", "task", "dueDate", "2020-01-01", "accountId", account));
    }

    @Test
    void saysEverythingInChinese() {
        try (Browser browser = Browser.desktop("zh-CN")) {
            Page page = browser.signIn(product.baseUrl() + "/", tenant.administrator(), tenant.password());
            assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
            for (String path : List.of(
                    "/",
                    "/my-day",
                    "/accounts",
                    "/accounts?layout=calendar&group=createdAt",
                    "/accounts?layout=chart",
                    "/accounts?filter=sector%20eq%20'software'",
                    "/opportunities?layout=board",
                    "/opportunities?create=opportunities",
                    "/accounts/" + account,
                    "/accounts/" + account + "/history",
                    "/accounts/" + account + "?edit=1",
                    "/accounts/00000000-0000-7000-8000-000000000000",
                    "/imports",
                    "/imports/new",
                    "/designer",
                    "/designer/tab/advice",
                    "/designer/account",
                    "/designer/account/rules",
                    "/designer/account/layout",
                    "/designer/account/views",
                    "/access/sharing",
                    "/settings",
                    "/settings/sessions",
                    "/settings/jobs",
                    "/settings/bin",
                    "/settings/audit",
                    "/settings/webhooks",
                    "/settings/privacy",
                    "/settings/consents",
                    "/settings/limits",
                    "/no/such/page/here")) {
                page.navigate(product.baseUrl() + path);
                page.waitForLoadState(LoadState.NETWORKIDLE);
                speaksChinese(page, path);
            }
            page.navigate(product.baseUrl() + "/accounts");
            page.getByText("环球公司").waitFor();
            page.keyboard().press("?");
            speaksChinese(page, "help");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            page.getByPlaceholder("搜索").first().waitFor();
            speaksChinese(page, "palette");
        }
    }

    private void speaksChinese(Page page, String where) {
        @SuppressWarnings("unchecked")
        List<String> texts = (List<String>) page.evaluate(TEXTS);
        assertThat(texts).as(where).isNotEmpty();
        Set<String> english = texts.stream()
                .map(text -> text.replace("Test " + tenant.slug(), "")
                        .replace("Test Administrator", "")
                        .replace(tenant.administrator() + "@example.com", "")
                        .replace(tenant.administrator(), ""))
                .flatMap(text -> WORD.matcher(text).results().map(found -> found.group()))
                .filter(word -> !NAMES.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(english).as(where).isEmpty();
    }
}
