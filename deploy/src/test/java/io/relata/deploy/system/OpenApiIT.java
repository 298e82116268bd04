package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The description of a tenant's API, beside the API itself.
@ExtendWith(ProductExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {

    private static final String PATH = "/api/v1/openapi.json";

    private final Product product;
    private final Api api;

    OpenApiIT(Product product) {
        this.product = product;
        this.api = product.newTenant().api();
    }

    @Test
    void isForMembersOnly() {
        assertThat(product.anonymous().get(PATH).status()).isEqualTo(401);
    }

    @Test
    void knowsANewEntityAtOnceAndSaysSoWithItsTag() {
        Api.Answer before = api.get(PATH);
        assertThat(before.status()).isEqualTo(200);
        String tag = before.header("ETag");
        assertThat(api.get(PATH, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(before.json().path("paths").has("/api/v1/data/c_site_visits"))
                .isFalse();

        assertThat(api.post("/api/v1/metadata/entities", MetadataIT.siteVisit()).status())
                .isEqualTo(201);

        Api.Answer after = api.get(PATH, "If-None-Match", tag);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().path("paths").has("/api/v1/data/c_site_visits")).isTrue();
        assertThat(after.json().at("/components/schemas").has("c_site_visit.create"))
                .isTrue();
    }

    @Test
    void describesRecordsAsTheyCome() {
        JsonNode schemas = api.get(PATH).json().at("/components/schemas");
        JsonNode example = schemas.at("/account.create/examples/0");
        Api.Answer created = api.sendJson("POST", "/api/v1/data/accounts", example);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(names(created.json())).isSubsetOf(withContext(names(schemas.at("/account/properties"))));
        String id = created.json().path("id").asText();
        JsonNode change = schemas.at("/account.update/examples/0");
        Api.Answer changed = api.sendJson("PATCH", "/api/v1/data/accounts(" + id + ")", change);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void speaksTheCallersLanguage() {
        JsonNode chinese = api.get(PATH, "Accept-Language", "zh-CN").json();
        assertThat(chinese.at("/paths/~1api~1v1~1data~1accounts/get/summary").asText())
                .isEqualTo("列出客户");
        assertThat(chinese.at("/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl")
                        .asText())
                .isEqualTo(product.tokenUrl());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            names.add(member.getKey());
        }
        return names;
    }

    private static Set<String> withContext(Set<String> names) {
        names.add("@odata.context");
        return names;
    }
}
