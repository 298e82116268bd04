package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The requests of Power Query's `OData.Feed`, which is inside Excel ("From OData Feed") and Power BI. Excel itself
/// does not run here: these are its headers as the log of a service it called shows them
/// (<https://github.com/NLstn/go-odata/issues/874>), and the options that it folds its steps into
/// (<https://learn.microsoft.com/power-query/samples/trippin/10-tableview1/readme>).
@ExtendWith(ProductExtension.class)
class PowerQueryIT {

    private static final String[] HEADERS = {
        "User-Agent", "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
        "MaxDataServiceVersion", "3.0",
        "OData-MaxVersion", "4.0",
        "Accept",
                "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,"
                        + "application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7",
        "Accept-Encoding", "gzip, deflate"
    };

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final ClientCredentials credentials;

    PowerQueryIT(Product product) {
        root = product.baseUrl() + "/api/v1/data";
        credentials = product.demoTenantCredentials("acme");
    }

    /// Excel takes the address as the person typed it, with a slash at the end or without, follows the document's
    /// context to the model, and offers what the document names.
    @Test
    void findsTheFeedsFromTheServiceDocument() throws IOException, InterruptedException {
        for (String address : List.of(root, root + "/")) {
            JsonNode document = json(address);
            assertThat(document.path("@odata.context").asText()).isEqualTo(root + "/$metadata");
            assertThat(document.path("value").findValuesAsText("url")).contains("accounts", "opportunities");
        }
        HttpResponse<byte[]> model = get(root + "/$metadata");
        assertThat(model.headers().firstValue("Content-Type").orElse("")).startsWith("application/xml");
        assertThat(text(model)).contains("<EntityType Name=\"account\">", "<EntityContainer");
    }

    @Test
    void readsAWholeFeedByItsLinks() throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        String next = root + "/accounts";
        int pages = 0;
        while (next != null) {
            JsonNode page = json(next);
            assertThat(page.path("@odata.context").asText()).isEqualTo(root + "/$metadata#accounts");
            page.path("value").forEach(record -> ids.add(record.path("id").asText()));
            next = page.path("@odata.nextLink").textValue();
            pages++;
        }
        assertThat(ids).hasSize(85);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void foldsItsStepsIntoTheQuery() throws IOException, InterruptedException {
        String steps = Api.query(
                "$filter", "stage eq 'won' and amount gt 1000 and contains(name, 'GTX')",
                "$orderby", "amount desc,name",
                "$select", "name,amount,closeDate",
                "$top", "1000");
        JsonNode rows = json(root + "/opportunities" + steps).path("value");
        assertThat(rows).isNotEmpty().hasSizeLessThanOrEqualTo(1000).allSatisfy(row -> {
            assertThat(row.path("name").asText()).contains("GTX");
            assertThat(row.path("amount").asDouble()).isGreaterThan(1000);
            assertThat(row.path("closeDate").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
        });
        assertThat(text(get(root + "/opportunities/$count"))).isEqualTo("8800");
        JsonNode expanded = json(root + "/opportunities"
                + Api.query("$expand", "account($select=name)", "$select", "name", "$top", "1"));
        assertThat(expanded.at("/value/0/account/name").asText()).isNotEmpty();
    }

    @Test
    void keepsARangeOfRows() throws IOException, InterruptedException {
        List<String> names = json(root + "/accounts" + Api.query("$orderby", "name", "$top", "30"))
                .path("value")
                .findValuesAsText("name");
        JsonNode range = json(root + "/accounts" + Api.query("$orderby", "name", "$skip", "10", "$top", "5"));
        assertThat(range.path("value").findValuesAsText("name")).isEqualTo(names.subList(10, 15));
    }

    @Test
    void isRefusedInWordsThatItCanShow() throws IOException, InterruptedException {
        HttpResponse<byte[]> refused = get(root + "/accounts" + Api.query("$filter", "nosuchfield eq 1"));
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode body = Api.JSON.readTree(text(refused));
        assertThat(body.fieldNames()).toIterable().containsExactly("error");
        assertThat(body.at("/error/message").asText()).contains("nosuchfield");
    }

    private JsonNode json(String address) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get(address);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json")
                .contains("odata.metadata=minimal");
        return Api.JSON.readTree(text(response));
    }

    /// Two headers for the version are one too many: Power Query reads them as "4.0,4.0".
    private HttpResponse<byte[]> get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .headers(HEADERS)
                .header("Authorization", "Bearer " + credentials.get().orElseThrow())
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().allValues("OData-Version")).containsExactly("4.0");
        return response;
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        boolean zipped =
                response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        try (var in = zipped
                ? new GZIPInputStream(new ByteArrayInputStream(response.body()))
                : new ByteArrayInputStream(response.body())) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
