package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Records over HTTP, as a program of a tenant uses them.
@ExtendWith(ProductExtension.class)
class RecordsApiIT {

    private static final String ACCOUNTS = "/api/v1/data/accounts";

    private final Api api;

    RecordsApiIT(Product product) {
        this.api = product.newTenant().api();
    }

    @Test
    void createsReadsChangesDeletesAndRestores() {
        Api.Answer created = api.post(ACCOUNTS, Map.of("name", "Globex", "employees", 42));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().path("id").asText();
        assertThat(created.header("Location")).endsWith(ACCOUNTS + "(" + id + ")");
        String etag = created.header("ETag");
        assertThat(etag).isEqualTo("W/\"1\"");

        Api.Answer changed = api.patch(ACCOUNTS + "(" + id + ")", Map.of("employees", 43), "If-Match", etag);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("employees").asInt()).isEqualTo(43);
        assertThat(changed.header("ETag")).isEqualTo("W/\"2\"");

        assertThat(api.delete(ACCOUNTS + "(" + id + ")").status()).isEqualTo(204);
        assertThat(api.get(ACCOUNTS + "(" + id + ")").status()).isEqualTo(404);
        Api.Answer restored = api.post(ACCOUNTS + "(" + id + ")/Relata.restore", Map.of());
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(api.get(ACCOUNTS + "(" + id + ")").json().path("employees").asInt())
                .isEqualTo(43);

        JsonNode history = api.get("/api/v1/history/accounts/" + id).json().path("value");
        assertThat(history.findValuesAsText("action"))
                .containsExactlyInAnyOrder("create", "update", "delete", "restore");
    }

    @Test
    void answersAConflictWithTheCurrentRecord() {
        String id = create("Initech");
        api.patch(ACCOUNTS + "(" + id + ")", Map.of("employees", 5));
        Api.Answer conflict = api.patch(ACCOUNTS + "(" + id + ")", Map.of("employees", 6), "If-Match", "W/\"1\"");
        assertThat(conflict.status()).isEqualTo(412);
        assertThat(conflict.problem()).isEqualTo("conflict");
        assertThat(conflict.json().path("current").path("employees").asInt()).isEqualTo(5);
    }

    @Test
    void pagesThroughEverythingOnceInOrder() {
        for (int i = 0; i < 25; i++) {
            create("Page %02d".formatted(i % 9));
        }
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        String next = ACCOUNTS
                + query("$filter", "startswith(name,'Page')", "$orderby", "name desc", "$top", "23", "$count", "true");
        while (!next.isEmpty()) {
            Api.Answer answer = api.get(next, "Prefer", "odata.maxpagesize=4");
            assertThat(answer.header("Preference-Applied")).isEqualTo("odata.maxpagesize=4");
            JsonNode page = answer.json();
            assertThat(page.path("value")).hasSizeLessThanOrEqualTo(4);
            page.path("value").forEach(record -> {
                ids.add(record.path("id").asText());
                names.add(record.path("name").asText());
            });
            String link = page.path("@odata.nextLink").asText("");
            next = link.isEmpty() ? "" : link.substring(link.indexOf("/api/"));
        }
        assertThat(ids).hasSize(23).doesNotHaveDuplicates();
        assertThat(names).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void followsLookups() {
        String account = create("Umbrella");
        Api.Answer contact = api.post(
                "/api/v1/data/contacts", Map.of("name", "Ada", "accountId", account, "email", "ada@example.com"));
        assertThat(contact.status()).as(contact.text()).isEqualTo(201);
        JsonNode page = api.get("/api/v1/data/contacts"
                        + query("$filter", "account/name eq 'Umbrella'", "$expand", "account($select=name)"))
                .json();
        assertThat(page.path("value")).hasSize(1);
        assertThat(page.path("value").path(0).path("account").path("name").asText())
                .isEqualTo("Umbrella");
    }

    @Test
    void describesTheTenantsOwnModel() {
        Api.Answer metadata = api.get("/api/v1/data/$metadata");
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.header("Content-Type")).startsWith("application/xml");
        assertThat(metadata.text()).contains("EntitySet Name=\"opportunities\"").contains("Name=\"accountId\"");
        assertThat(api.get("/api/v1/data/").json().path("value").findValuesAsText("name"))
                .contains("accounts", "contacts", "products", "opportunities");
    }

    private String create(String name) {
        return api.post(ACCOUNTS, Map.of("name", name)).json().path("id").asText();
    }
}
