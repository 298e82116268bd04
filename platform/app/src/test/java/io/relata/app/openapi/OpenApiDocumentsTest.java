package io.relata.app.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.relata.app.Routes;
import io.relata.app.identity.Languages;
import io.relata.app.json.Rendered;
import io.relata.app.wiring.TestSettings;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenApiDocumentsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HERE = "urn:relata:api";

    private final OpenApiDocuments documents = new OpenApiDocuments(TestSettings.development());

    @Test
    void describesEveryRouteAndNoOther() {
        assertThat(Template.load().routes())
                .containsExactlyElementsOf(Routes.all().stream()
                        .filter(route -> route.path().startsWith("/api/"))
                        .toList());
    }

    @Test
    void isValidByTheSchemaOfOpenApi() throws IOException {
        for (Locale locale : Languages.ALL) {
            assertThat(openApiSchema().validate(text(TestEntities.tenant(), locale), InputFormat.JSON))
                    .as(locale.toLanguageTag())
                    .isEmpty();
        }
    }

    @Test
    void wouldNotPassIfItWereInvalid() throws IOException {
        String broken =
                text(TestEntities.tenant(), Languages.ENGLISH).replace("\"in\":\"query\"", "\"in\":\"nowhere\"");
        assertThat(openApiSchema().validate(broken, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void refersOnlyToWhatIsThereAndNamesEachOperationOnce() throws IOException {
        JsonNode document = document(Languages.ENGLISH);
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        assertThat(document.findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(20);
        assertThat(document.toString()).doesNotContain("data/{set}", "{type}", "\"%");
    }

    @Test
    void givesExamplesThatFitTheirSchemas() throws IOException {
        String text = text(TestEntities.tenant(), Languages.CHINESE);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HERE, text)));
        JsonNode schemas = JSON.readTree(text).at("/components/schemas");
        List<String> checked = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            for (JsonNode example : schema.getValue().path("examples")) {
                checked.add(schema.getKey());
                assertThat(registry.getSchema(SchemaLocation.of(HERE + "#/components/schemas/" + schema.getKey()))
                                .validate(example.toString(), InputFormat.JSON))
                        .as("%s %s", schema.getKey(), example)
                        .isEmpty();
            }
        }
        assertThat(checked).contains("deal.create", "deal.update", "account.create", "EntityInput");
    }

    @Test
    void takesRecordsWithWhatBelongsToThem() throws IOException {
        String text = text(TestEntities.tenant(), Languages.ENGLISH);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HERE, text)));
        var create = registry.getSchema(SchemaLocation.of(HERE + "#/components/schemas/account.create"));
        JsonNode schemas = JSON.readTree(text).at("/components/schemas");
        String name = schemas.at("/account.create/examples/0").toString();
        String members = schemas.path("account.within").path("properties").properties().stream()
                .filter(property -> property.getValue().path("type").asText().equals("array"))
                .filter(property ->
                        property.getValue().at("/items/$ref").asText().endsWith("deal.within"))
                .findFirst()
                .orElseThrow()
                .getKey();
        String before = name.substring(0, name.length() - 1) + ",\"" + members + "\":";

        assertThat(create.validate(
                        before + "[{\"name\":\"A\",\"alookup@odata.bind\":\"accounts(1)\"}]}", InputFormat.JSON))
                .isEmpty();
        assertThat(create.validate(before + "[{\"nam\":\"A\"}]}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(create.validate(before + "{}}", InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void saysWhatANewRecordNeeds() throws IOException {
        JsonNode create = document(Languages.ENGLISH).at("/components/schemas/deal.create");
        assertThat(texts(create.path("required"))).containsExactly("name", "stage");
        assertThat(texts(document(Languages.ENGLISH).at("/components/schemas/deal/required")))
                .containsExactly("@odata.etag", "id");
    }

    @Test
    void typesEveryField() throws IOException {
        JsonNode read = document(Languages.ENGLISH).at("/components/schemas/deal/properties");
        assertThat(read.path("amoney").path("format").asText()).isEqualTo("decimal");
        assertThat(texts(read.path("amoney").path("type"))).containsExactly("number", "null");
        assertThat(read.path("amoney").path("minimum").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(read.path("alookupId").path("format").asText()).isEqualTo("uuid");
        assertThat(read.path("alookup").at("/anyOf/0/$ref").asText()).isEqualTo("#/components/schemas/account");
        assertThat(read.path("name").path("type").asText()).isEqualTo("string");
        assertThat(read.path("name").path("maxLength").asInt()).isEqualTo(8);
        assertThat(read.path("adate").path("format").asText()).isEqualTo("date");
        assertThat(read.path("auser").path("readOnly").asBoolean()).isTrue();
        JsonNode update = document(Languages.ENGLISH).at("/components/schemas/deal.update/properties");
        assertThat(update.has("auser")).isFalse();
        assertThat(update.has("alookup")).isFalse();
    }

    @Test
    void offersOnlyActiveOptionsAndExplainsThem() throws IOException {
        JsonNode document = document(Languages.CHINESE);
        JsonNode read = document.at("/components/schemas/deal/properties/stage");
        assertThat(texts(read.path("enum"))).containsExactly("old", "won", "lost");
        JsonNode written = document.at("/components/schemas/deal.update/properties/stage");
        assertThat(texts(written.path("enum"))).containsExactly("won", "lost");
        assertThat(written.path("description").asText()).contains("`won`: 赢单");
    }

    @Test
    void speaksTheCallersLanguage() throws IOException {
        assertThat(document(Languages.CHINESE)
                        .at("/paths/~1api~1v1~1data~1deals/get/summary")
                        .asText())
                .isEqualTo("列出交易");
        assertThat(document(Languages.ENGLISH)
                        .at("/paths/~1api~1v1~1data~1deals/get/summary")
                        .asText())
                .isEqualTo("List Deals");
        assertThat(document(Languages.ENGLISH)
                        .at("/paths/~1api~1v1~1data~1deals/get/parameters/0/description")
                        .asText())
                .contains("`apicklist eq 'won'`");
    }

    @Test
    void knowsEveryFieldType() throws IOException {
        assertThat(texts(document(Languages.ENGLISH).at("/components/schemas/FieldTypeName/enum")))
                .containsExactlyElementsOf(
                        FieldTypes.ALL.stream().map(FieldType::typeName).toList());
    }

    @Test
    void changesItsTagWithTheModelAndTheLanguageOnly() {
        MetadataSnapshot tenant = TestEntities.tenant();
        String tag = documents.of(tenant, Languages.ENGLISH).tag();
        assertThat(documents.of(TestEntities.tenant(), Languages.ENGLISH).tag()).isEqualTo(tag);
        assertThat(documents.of(tenant, Languages.CHINESE).tag()).isNotEqualTo(tag);
        assertThat(documents.of(TestEntities.large(1, 3), Languages.ENGLISH).tag())
                .isNotEqualTo(tag);
    }

    @Test
    void keepsLittleOfALargeTenant() throws IOException {
        Rendered document = documents.of(TestEntities.large(500, 60), Languages.ENGLISH);
        AtomicLong length = new AtomicLong();
        document.writeTo(new OutputStream() {
            @Override
            public void write(int one) {
                length.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                length.addAndGet(count);
            }
        });
        assertThat(length.get()).isLessThan(40_000_000);
        assertThat((long) document.weight() * 10).isLessThan(length.get());
    }

    private static Schema openApiSchema() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                OpenApiDocumentsTest.class.getResourceAsStream("/openapi/oas-3.1.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }

    private JsonNode document(Locale locale) throws IOException {
        return JSON.readTree(text(TestEntities.tenant(), locale));
    }

    private String text(MetadataSnapshot snapshot, Locale locale) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        documents.of(snapshot, locale).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
