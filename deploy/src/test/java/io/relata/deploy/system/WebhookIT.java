package io.relata.deploy.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relata.deploy.system.ByName.button;
import static io.relata.deploy.system.ByName.inside;
import static io.relata.deploy.system.ByName.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Another system is told of changes: set up in the browser, heard over HTTP.
@ExtendWith(ProductExtension.class)
class WebhookIT {

    private static final JsonMapper JSON = new JsonMapper();

    /// Those that the product is let through to, see the module's pom.
    private static final List<Integer> PORTS = List.of(26990, 26991, 26992, 26993);

    private final Product product;
    private final Product.TestTenant tenant;
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(204);
    private HttpServer receiver;

    private record Message(String id, String timestamp, String signature, String body) {}

    WebhookIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = free();
        receiver.createContext("/", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                heard.add(new Message(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(status.get(), -1);
            }
        });
        receiver.start();
    }

    private static HttpServer free() throws IOException {
        List<IOException> taken = new ArrayList<>();
        for (int port : PORTS) {
            try {
                return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            } catch (BindException exception) {
                taken.add(exception);
            }
        }
        throw taken.getFirst();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void anAdministratorHasASystemToldAndSeesWhatItTook() throws Exception {
        String secret;
        try (Browser browser = Browser.desktop("en-US")) {
            Page page =
                    browser.signIn(product.baseUrl() + "/settings/webhooks", tenant.administrator(), tenant.password());
            button(page, "New webhook").click();
            page.getByLabel("Name").fill("Ledger");
            page.getByLabel("Address").fill("http://127.0.0.1:26990/hook");
            button(page, "Watch records").click();
            page.getByLabel("What is watched").selectOption("account");
            button(page, "Save").click();
            assertThat(page.getByText("The address must begin with https://")).isVisible();
            page.getByLabel("Address")
                    .fill("http://localhost:" + receiver.getAddress().getPort() + "/hook");
            page.getByLabel("Not of my own changes").check();
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "webhook-form");
            button(page, "Save").click();
            secret = page.locator("code").innerText();
            button(page, "Close").last().click();

            String account = tenant.api().created("accounts", Map.of("name", "Kestrel 红隼"));
            await().until(() -> heard.size() == 1);
            Locator row = page.getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("Ledger"))
                    .first();
            row.getByRole(AriaRole.BUTTON, inside("Try: Ledger")).click();
            assertThat(page.getByText(Pattern.compile("Taken: answer 204 after")))
                    .isVisible();
            row.getByRole(AriaRole.BUTTON, inside("Deliveries: Ledger")).click();
            Locator told = page.getByRole(AriaRole.LIST, named("Deliveries"));
            assertThat(told).containsText("account.created");
            assertThat(told).containsText("answer 204");
            assertThat(told.getByRole(AriaRole.LINK)).hasAttribute("href", "/accounts/" + account);
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "webhooks");
            told.getByRole(AriaRole.BUTTON, inside("Send again: account.created"))
                    .click();
            await().until(() -> heard.size() == 3);
            assertThat(browser.complaints()).isEmpty();
        }
        Message first = heard.getFirst();
        JsonNode message = JSON.readTree(first.body());
        assertThat(message.path("type").asText()).isEqualTo("account.created");
        assertThat(message.path("data").path("changes").toString()).contains("Kestrel 红隼");
        assertThat(first.signature()).isEqualTo(signed(secret, first));
        assertThat(JSON.readTree(heard.get(1).body()).path("type").asText()).isEqualTo("relata.test");
        assertThat(heard.getLast().id()).as("the same message again").isEqualTo(first.id());
    }

    private static String signed(String secret, Message message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String text = message.id() + "." + message.timestamp() + "." + message.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNotTakenIsSeenOnAPhoneInChinese() {
        status.set(500);
        Api.Answer made = tenant.api()
                .post(
                        "/api/v1/webhooks",
                        Map.of(
                                "name",
                                "账本",
                                "url",
                                "http://localhost:" + receiver.getAddress().getPort() + "/",
                                "events",
                                List.of("account.*")));
        assertThat(made.status()).isEqualTo(201);
        tenant.api().created("accounts", Map.of("name", "环球公司"));
        await().until(() -> !heard.isEmpty());
        try (Browser browser = Browser.phone("zh-CN")) {
            Page page =
                    browser.signIn(product.baseUrl() + "/settings/webhooks", tenant.administrator(), tenant.password());
            assertThat(page.getByText("未被接收", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            button(page, "投递: 账本").click();
            Locator told = page.getByRole(AriaRole.LIST, named("投递"));
            assertThat(told).containsText("等待中");
            assertThat(told).containsText("回答 500");
            assertThat(Accessibility.violations(page)).isEmpty();
            picture(page, "webhooks-phone");
        }
    }

    @Test
    void nothingInsideIsReachedAndNobodyElseMayLook() {
        Map<String, Object> body =
                Map.of("name", "Inside", "url", "https://localhost:8443/", "events", List.of("account.*"));
        String id =
                tenant.api().post("/api/v1/webhooks", body).json().path("id").asText();
        Api.Answer trial = tenant.api().post("/api/v1/webhooks/" + id + "/test", Map.of());
        assertThat(trial.json().path("reason").asText()).isEqualTo("address-refused");
        assertThat(tenant.api().get("/api/v1/webhooks/" + id).text()).doesNotContain("secret");
        Api.Answer refused = tenant.api()
                .post(
                        "/api/v1/webhooks",
                        Map.of("url", "https://user:x@example.com/", "events", List.of("account.sold")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("violations").findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "url", "events[0]");
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name + ".png"))
                .setFullPage(true));
    }
}
