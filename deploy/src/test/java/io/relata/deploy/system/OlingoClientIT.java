package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.http.HttpHeaders;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.ODataClientErrorException;
import org.apache.olingo.client.api.communication.request.batch.BatchManager;
import org.apache.olingo.client.api.communication.request.batch.ODataBatchRequest;
import org.apache.olingo.client.api.communication.request.batch.ODataBatchResponseItem;
import org.apache.olingo.client.api.communication.request.batch.ODataChangeset;
import org.apache.olingo.client.api.communication.request.cud.ODataEntityCreateRequest;
import org.apache.olingo.client.api.communication.request.cud.UpdateType;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.communication.response.ODataDeleteResponse;
import org.apache.olingo.client.api.communication.response.ODataResponse;
import org.apache.olingo.client.api.communication.response.ODataRetrieveResponse;
import org.apache.olingo.client.api.domain.ClientComplexValue;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.client.core.http.DefaultHttpClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A Java program that knows nothing of us but OData: Apache Olingo's client.
@ExtendWith(ProductExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlingoClientIT {

    private static final String ACCOUNTS = "accounts";
    private static final FullQualifiedName ACCOUNT = new FullQualifiedName("Relata", "account");

    private final String root;
    private final ODataClient demo;
    private final ODataClient own;

    OlingoClientIT(Product product) {
        this.root = product.baseUrl() + "/api/v1/data/";
        this.demo = client(product.demoTenantCredentials("acme"));
        this.own = client(product.newTenant().credentials());
    }

    private static ODataClient client(ClientCredentials credentials) {
        ODataClient client = ODataClientFactory.getClient();
        client.getConfiguration().setHttpClientFactory(new Authorized(credentials));
        return client;
    }

    /// Olingo's own factory, with the token on each request.
    private static final class Authorized extends DefaultHttpClientFactory {

        private final ClientCredentials credentials;

        Authorized(ClientCredentials credentials) {
            this.credentials = credentials;
        }

        // The client's interface is in terms of its HTTP library's old class.
        @Override
        @SuppressWarnings("deprecation")
        public DefaultHttpClient create(HttpMethod method, URI uri) {
            DefaultHttpClient http = super.create(method, uri);
            http.addRequestInterceptor((request, context) -> request.setHeader(
                    HttpHeaders.AUTHORIZATION, "Bearer " + credentials.get().orElseThrow()));
            return http;
        }
    }

    @Test
    void readsTheModel() {
        Edm edm = demo.getRetrieveRequestFactory()
                .getMetadataRequest(root)
                .execute()
                .getBody();
        EdmEntityType opportunity = edm.getEntityType(new FullQualifiedName("Relata", "opportunity"));
        assertThat(opportunity.getKeyPredicateNames()).containsExactly("id");
        assertThat(opportunity.getProperty("amount").getType().getName()).isEqualTo("Decimal");
        assertThat(opportunity.getNavigationProperty("account").getType().getFullQualifiedName())
                .isEqualTo(ACCOUNT);
        assertThat(demo.getRetrieveRequestFactory()
                        .getServiceDocumentRequest(root)
                        .execute()
                        .getBody()
                        .getEntitySetNames())
                .contains("accounts", "contacts", "opportunities", "products");
    }

    @Test
    void readsThousandsOfRecordsPageByPage() {
        Set<Object> ids = new HashSet<>();
        URI next =
                set(demo, "opportunities").select("name", "amount").count(true).build();
        Integer count = null;
        while (next != null) {
            ODataEntitySetRequest<ClientEntitySet> request =
                    demo.getRetrieveRequestFactory().getEntitySetRequest(next);
            request.setPrefer(demo.newPreferences().maxPageSize(1000));
            ClientEntitySet page = request.execute().getBody();
            assertThat(page.getEntities()).hasSizeLessThanOrEqualTo(1000);
            count = count == null ? page.getCount() : count;
            page.getEntities().forEach(record -> ids.add(value(record, "id")));
            next = page.getNext();
        }
        assertThat(ids).hasSize(8_800);
        assertThat(count).isEqualTo(8_800);
    }

    @Test
    void filtersExpandsAndCounts() {
        ClientEntitySet page = page(
                demo,
                set(demo, "opportunities")
                        .filter(demo.getFilterFactory().eq("stage", "won").build() + " and account/country eq 'Kenya'")
                        .orderBy("amount desc")
                        .expand("account")
                        .count(true)
                        .top(5)
                        .build());
        assertThat(page.getCount()).isPositive();
        assertThat(page.getEntities()).isNotEmpty().allSatisfy(record -> {
            ClientComplexValue account = record.getProperty("account").getComplexValue();
            assertThat(account.get("country").getPrimitiveValue().toValue()).isEqualTo("Kenya");
        });
        String counted = demo.getRetrieveRequestFactory()
                .getValueRequest(set(demo, "opportunities").count().build())
                .execute()
                .getBody()
                .toString();
        assertThat(counted).isEqualTo("8800");
    }

    @Test
    void createsChangesAndDeletes() {
        ClientEntity created = create(own, "Globex");
        assertThat(created.getETag()).isEqualTo("W/\"1\"");
        URI address = own.newURIBuilder(root)
                .appendEntitySetSegment(ACCOUNTS)
                .appendKeySegment(id(created))
                .build();

        ClientEntity changes = record(own, Map.of("city", "Oslo"));
        var update = own.getCUDRequestFactory().getEntityUpdateRequest(address, UpdateType.PATCH, changes);
        update.setIfMatch(created.getETag());
        ClientEntity changed = update.execute().getBody();
        assertThat(value(changed, "city")).isEqualTo("Oslo");
        assertThat(value(changed, "name")).isEqualTo("Globex");

        var stale = own.getCUDRequestFactory()
                .getEntityUpdateRequest(address, UpdateType.PATCH, record(own, Map.of("city", "Bergen")));
        stale.setIfMatch(created.getETag());
        assertThatThrownBy(stale::execute).isInstanceOfSatisfying(ODataClientErrorException.class, refused -> {
            assertThat(refused.getStatusLine().getStatusCode()).isEqualTo(412);
            assertThat(refused.getODataError().getCode()).isEqualTo("conflict");
            assertThat(refused.getODataError().getMessage()).contains("Someone else saved");
        });

        var delete = own.getCUDRequestFactory().getDeleteRequest(address);
        delete.setIfMatch(changed.getETag());
        ODataDeleteResponse deleted = delete.execute();
        assertThat(deleted.getStatusCode()).isEqualTo(204);
        assertThatThrownBy(() -> own.getRetrieveRequestFactory()
                        .getEntityRequest(address)
                        .execute())
                .isInstanceOf(ODataClientErrorException.class)
                .hasMessageContaining("404");
    }

    @Test
    void leavesNothingOfAChangesetThatFails() {
        ODataBatchRequest request = own.getBatchRequestFactory().getBatchRequest(root);
        BatchManager batch = request.payloadManager();
        ODataChangeset kept = batch.addChangeset();
        kept.addRequest(creation("Initech"));
        kept.addRequest(creation("Umbrella"));
        batch.addRequest(own.getRetrieveRequestFactory()
                .getEntitySetRequest(set(own, ACCOUNTS).orderBy("name").build()));
        ODataChangeset refused = batch.addChangeset();
        refused.addRequest(creation("Vandelay"));
        refused.addRequest(creation(""));
        Iterator<ODataBatchResponseItem> answers = batch.getResponse().getBody();

        assertThat(statuses(answers.next())).containsExactly(201, 201);
        ODataResponse read = answers.next().next();
        assertThat(read)
                .isInstanceOfSatisfying(
                        ODataRetrieveResponse.class,
                        page -> assertThat(names((ClientEntitySet) page.getBody()))
                                .contains("Initech", "Umbrella"));
        assertThat(statuses(answers.next())).containsExactly(422);
        assertThat(names(page(own, set(own, ACCOUNTS).build())))
                .contains("Initech", "Umbrella")
                .doesNotContain("Vandelay");
    }

    private ODataEntityCreateRequest<ClientEntity> creation(String name) {
        return own.getCUDRequestFactory()
                .getEntityCreateRequest(set(own, ACCOUNTS).build(), record(own, Map.of("name", name)));
    }

    private static List<Integer> statuses(ODataBatchResponseItem answer) {
        List<Integer> statuses = new ArrayList<>();
        answer.forEachRemaining(response -> statuses.add(response.getStatusCode()));
        return statuses;
    }

    private static List<Object> names(ClientEntitySet records) {
        return records.getEntities().stream()
                .map(record -> value(record, "name"))
                .toList();
    }

    @Test
    void learnsWhichValuesAreWrong() {
        assertThatThrownBy(() -> own.getCUDRequestFactory()
                        .getEntityCreateRequest(
                                set(own, ACCOUNTS).build(), record(own, Map.of("email", "nobody", "phone", "?")))
                        .execute())
                .isInstanceOfSatisfying(ODataClientErrorException.class, refused -> {
                    List<String> targets = new ArrayList<>();
                    refused.getODataError().getDetails().forEach(detail -> targets.add(detail.getTarget()));
                    assertThat(targets).contains("name");
                });
    }

    private ClientEntity create(ODataClient client, String name) {
        return client.getCUDRequestFactory()
                .getEntityCreateRequest(set(client, ACCOUNTS).build(), record(client, Map.of("name", name)))
                .execute()
                .getBody();
    }

    private static ClientEntity record(ODataClient client, Map<String, String> values) {
        ClientEntity record = client.getObjectFactory().newEntity(ACCOUNT);
        values.forEach((name, value) -> record.getProperties()
                .add(client.getObjectFactory()
                        .newPrimitiveProperty(
                                name,
                                client.getObjectFactory()
                                        .newPrimitiveValueBuilder()
                                        .buildString(value))));
        return record;
    }

    private URIBuilder set(ODataClient client, String name) {
        return client.newURIBuilder(root).appendEntitySetSegment(name);
    }

    private static ClientEntitySet page(ODataClient client, URI address) {
        return client.getRetrieveRequestFactory()
                .getEntitySetRequest(address)
                .execute()
                .getBody();
    }

    private static UUID id(ClientEntity record) {
        return UUID.fromString(value(record, "id").toString());
    }

    private static Object value(ClientEntity record, String property) {
        return record.getProperty(property).getPrimitiveValue().toValue();
    }
}
