package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Files over HTTP: sent, taken by a record, given back in parts, and never run.
@ExtendWith(ProductExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesIT {

    private static final String FILES = "/api/v1/files";
    private static final String PAGE = "<html><script>alert(1)</script></html>";

    private final Product product;
    private Product.TestTenant tenant;
    private Api api;

    FilesIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void define() {
        tenant = product.newTenant();
        api = tenant.api();
        Api.Answer made = api.post(
                "/api/v1/metadata/entities",
                Map.of(
                        "name",
                        "c_paper",
                        "label",
                        Map.of("en", "Paper", "zh-CN", "文件"),
                        "pluralLabel",
                        Map.of("en", "Papers", "zh-CN", "文件"),
                        "fields",
                        List.of(
                                Map.of("name", "c_name", "type", "text", "label", Map.of("en", "Name", "zh-CN", "名称")),
                                Map.of(
                                        "name",
                                        "c_file",
                                        "type",
                                        "file",
                                        "searchable",
                                        true,
                                        "label",
                                        Map.of("en", "File", "zh-CN", "文件")))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private Api.Answer send(String name, String content, String... headers) {
        return api.send("POST", FILES + query("name", name), BodyPublishers.ofString(content), headers);
    }

    @Test
    void aRecordTakesAFileThatWasSent() {
        Api.Answer sent = send("合同.txt", "0123456789");
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        String id = sent.json().path("id").asText();
        assertThat(sent.header("Location")).endsWith(FILES + "/" + id);
        Api.Answer paper = api.post("/api/v1/data/c_papers", Map.of("c_name", "one", "c_file", Map.of("id", id)));
        assertThat(paper.json().path("c_file")).isEqualTo(sent.json());
        Api.Answer found = api.get("/api/v1/data/c_papers" + query("$filter", "c_file/size eq 10"));
        assertThat(found.json().path("value")).hasSize(1);

        Api.Answer whole = api.get(FILES + "/" + id);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.text()).isEqualTo("0123456789");
        assertThat(whole.header("Content-Disposition"))
                .startsWith("attachment;")
                .endsWith("filename*=UTF-8''%E5%90%88%E5%90%8C.txt");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        Api.Answer part = api.get(FILES + "/" + id, "Range", "bytes=2-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(api.get(FILES + "/" + id, "Range", "bytes=10-").text())
                .as("a part that is not there")
                .isEqualTo("0123456789");
        assertThat(api.get(FILES + "/" + id, "If-None-Match", whole.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(api.get(FILES + "/" + id + "/thumbnail").status()).isEqualTo(404);

        String record = "/api/v1/data/c_papers(" + paper.json().path("id").asText() + ")";
        assertThat(api.delete(record).status()).isEqualTo(204);
        assertThat(api.get(FILES + "/" + id).status()).as("of a deleted record").isEqualTo(404);
        assertThat(api.post(record + "/Relata.restore", Map.of()).status()).isLessThan(300);
        assertThat(api.get(FILES + "/" + id).status()).isEqualTo(200);
    }

    @Test
    void aFileInAHiddenFieldIsNotThere() {
        Api.Answer field = api.post(
                "/api/v1/metadata/entities/c_paper/fields",
                Map.of(
                        "name",
                        "c_secret",
                        "type",
                        "file",
                        "label",
                        Map.of("en", "Secret", "zh-CN", "机密"),
                        "access",
                        "none"));
        assertThat(field.status()).as(field.text()).isEqualTo(201);
        String shown = send("shown.txt", "shown").json().path("id").asText();
        String hidden = send("hidden.txt", "hidden").json().path("id").asText();
        Api.Answer paper = api.post(
                "/api/v1/data/c_papers",
                Map.of("c_name", "two", "c_file", Map.of("id", shown), "c_secret", Map.of("id", hidden)));
        assertThat(paper.status()).as(paper.text()).isEqualTo(201);
        Api member = product.member(tenant);
        assertThat(member.get(FILES + "/" + shown).status()).isEqualTo(200);
        assertThat(member.get(FILES + "/" + hidden).status()).isEqualTo(404);
        assertThat(member.get("/api/v1/data/c_papers").text()).contains("two").doesNotContain("c_secret", hidden);
        assertThat(member.get("/api/v1/metadata").text()).contains("c_paper").doesNotContain("c_secret");
        assertThat(member.get("/api/v1/openapi.json").text()).doesNotContain("c_secret");
        assertThat(member.get("/api/v1/data/$metadata").text()).doesNotContain("c_secret");
        assertThat(api.get("/api/v1/metadata").text()).contains("c_secret");
    }

    @Test
    void nothingInAFileRuns() {
        String id = send("picture.png", PAGE).json().path("id").asText();
        Api.Answer page = api.get(FILES + "/" + id + "?inline=true");
        assertThat(page.header("Content-Disposition")).startsWith("attachment;");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Content-Security-Policy"))
                        .flatMap(header -> header.getValue().stream()))
                .anyMatch(policy -> policy.endsWith("sandbox"));
        String text = send("a.txt", "plain").json().path("id").asText();
        assertThat(api.get(FILES + "/" + text + "?inline=true").header("Content-Disposition"))
                .startsWith("inline;");
    }

    @Test
    void aRecordIsFoundByTheWordsInItsFile() {
        String id = send("offer.html", "<html><body><p>Delivery to Zwijndrecht</p><p>交货</p></body></html>")
                .json()
                .path("id")
                .asText();
        api.post("/api/v1/data/c_papers", Map.of("c_name", "offer", "c_file", Map.of("id", id)));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode hit =
                    api.get("/api/v1/search" + query("q", "zwijndr 交货")).json().at("/value/0/hits/0");
            assertThat(hit.path("name").asText()).isEqualTo("offer");
            assertThat(hit.at("/snippet/text").asText()).contains("Delivery to Zwijndrecht");
        });
        assertThat(api.get("/api/v1/data/c_papers" + query("$search", "zwijndrecht"))
                        .json()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void takesAFileThatIsSentAgainOnce() {
        Api.Answer first = send("a.txt", "again", "Idempotency-Key", "file-1");
        Api.Answer second = send("a.txt", "again", "Idempotency-Key", "file-1");
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(send("b.txt", "other", "Idempotency-Key", "file-1").status()).isGreaterThanOrEqualTo(400);
        Api.Answer nameless = api.send("POST", FILES, BodyPublishers.ofString("x"));
        assertThat(nameless.status()).isEqualTo(400);
    }
}
