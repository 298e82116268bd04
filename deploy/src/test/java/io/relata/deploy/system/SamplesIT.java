package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The samples as a consultant uses them: applied to an empty tenant, filled, asked, taken out again.
@ExtendWith(ProductExtension.class)
class SamplesIT {

    private static final Path SAMPLES = Path.of("..", "plugins", "samples");
    private static final String DATA = "/api/v1/data/";

    private final Product product;

    SamplesIT(Product product) {
        this.product = product;
    }

    @Test
    void citationsOfAnotherCity() throws IOException {
        Api api = applied("parking");

        bring(api, "parking", "los-angeles.csv", "los-angeles-violations", 3, 0);
        bring(api, "parking", "los-angeles.csv", "los-angeles-citations", 2, 1);

        JsonNode meter = first(api, "c_violations", "$filter", "c_code eq '88.13B+'");
        assertThat(meter.path("c_citations").asInt()).isEqualTo(1);
        assertThat(meter.path("c_charged").decimalValue()).isEqualByComparingTo("63");
        assertThat(first(api, "c_citations", "$filter", "c_late eq true and c_to_pay gt 100")
                        .path("c_number")
                        .asText())
                .isEqualTo("8000000001");
    }

    @Test
    void buildingsAddUpWhatIsInThem() throws IOException {
        Api api = applied("buildings");

        bring(api, "buildings", "permits.csv", "buildings", 2, 0);
        bring(api, "buildings", "permits.csv", "permits", 2, 1);
        JsonNode building = first(api, "c_buildings", "$filter", "c_ward eq 2");
        JsonNode floor = made(
                api,
                "c_floors",
                Map.of(
                        "c_name",
                        "Ground",
                        "c_level",
                        0,
                        "c_building_id",
                        building.path("id").asText(),
                        "c_rooms",
                        List.of(
                                Map.of("c_name", "Plant", "c_use", "plant", "c_area", 42.5),
                                Map.of("c_name", "Office", "c_use", "office", "c_area", 18.25))));
        String plant = floor.at("/c_rooms/0/id").asText();
        JsonNode boiler = made(
                api, "c_assets", Map.of("c_name", "Boiler", "c_room_id", plant, "c_value", 12_000, "c_every", 365));
        made(
                api,
                "c_assets",
                Map.of(
                        "c_name",
                        "Burner",
                        "c_room_id",
                        plant,
                        "c_value",
                        800,
                        "c_part_of_id",
                        boiler.path("id").asText()));
        Map<String, Object> inspection = new TreeMap<>(
                Map.of("c_asset_id", boiler.path("id").asText(), "c_on", "2025-01-10", "c_result", "failed"));
        assertThat(api.post(DATA + "c_inspections", inspection).status())
                .as("without its defects")
                .isEqualTo(422);
        inspection.put("c_defects", "Leaks");
        made(api, "c_inspections", inspection);

        JsonNode whole = first(api, "c_buildings", "$filter", "c_ward eq 2");
        assertThat(whole.path("c_works").decimalValue()).isEqualByComparingTo("2548000.50");
        assertThat(whole.path("c_area").decimalValue()).isEqualByComparingTo("60.75");
        assertThat(whole.path("c_assets").decimalValue()).isEqualByComparingTo("12800");
        String under = "Relata.UnderOrSelf(c_part_of_id,%s)"
                .formatted(boiler.path("id").asText());
        assertThat(api.get(DATA + "c_assets" + query("$filter", under)).json().path("value"))
                .hasSize(2);
        assertThat(first(api, "c_assets", "$filter", "c_overdue eq true")
                        .path("c_next_on")
                        .asText())
                .isEqualTo("2026-01-10");
    }

    @Test
    void grievancesGoFromStageToStage() throws IOException {
        Api api = applied("grievances");

        bring(api, "grievances", "grievances.csv", "topics", 2, 0);
        bring(api, "grievances", "grievances.csv", "grievances", 3, 0);
        JsonNode lamp = first(api, "c_grievances", "$filter", "c_number eq '5003'");
        String one = DATA + "c_grievances(" + lamp.path("id").asText() + ")";
        assertThat(lamp.path("c_triage_by").asText()).isEqualTo("2018-01-30");
        assertThat(api.patch(one, Map.of("c_stage", "triage")).status()).isEqualTo(422);
        assertThat(api.patch(one, Map.of("c_stage", "triage", "c_urgency", "high"))
                        .status())
                .isEqualTo(200);
        Api.Answer undecided = api.patch(one, Map.of("c_stage", "decision"));
        assertThat(undecided.json().path("violations"))
                .extracting(violation -> violation.path("field").asText())
                .containsExactlyInAnyOrder("c_decision", "c_decided_on");
        assertThat(api.patch(one, Map.of("c_stage", "decision", "c_decision", "denied", "c_decided_on", "2019-06-10"))
                        .status())
                .isEqualTo(200);
        assertThat(api.patch(one, Map.of("c_stage", "appeal", "c_appealed_on", "2019-08-01"))
                        .text())
                .contains("within 30 days");
        assertThat(first(api, "c_topics", "$filter", "c_name eq 'Broken Sidewalk'")
                        .path("c_open")
                        .asInt())
                .isEqualTo(1);
    }

    /// Returns a tenant that has the sample.
    private Api applied(String sample) throws IOException {
        Api api = product.newTenant().api();
        byte[] zip = zip(SAMPLES.resolve(sample).resolve("solution"));
        assertThat(plan(api, zip).status()).isEqualTo(201);
        assertThat(plan(api, zip).text()).as("a second time").contains("nothing-changes");
        return api;
    }

    private static Api.Answer plan(Api api, byte[] zip) {
        return api.send(
                "POST",
                "/api/v1/metadata/plans" + query("title", "Sample", "apply", "true"),
                BodyPublishers.ofByteArray(zip),
                "Content-Type",
                "application/zip");
    }

    private static byte[] zip(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }

    private static void bring(Api api, String sample, String file, String mapping, int created, int rejected)
            throws IOException {
        Path folder = SAMPLES.resolve(sample).resolve("imports");
        Api.Answer begun = api.upload(
                "/api/v1/imports",
                Files.readString(folder.resolve(mapping + ".mapping.json")),
                file,
                Files.readAllBytes(folder.resolve(file)));
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        JsonNode job = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get("/api/v1/imports/"
                                        + begun.json().path("id").asText())
                                .json(),
                        body -> body.has("finishedAt"));
        assertThat(job.path("created").asInt()).as(job.toString()).isEqualTo(created);
        assertThat(job.path("rejected").asInt()).as(job.toString()).isEqualTo(rejected);
    }

    private static JsonNode first(Api api, String set, String... options) {
        Api.Answer answer = api.get(DATA + set + query(options));
        assertThat(answer.json().path("value")).as(answer.text()).isNotEmpty();
        return answer.json().path("value").path(0);
    }

    private static JsonNode made(Api api, String set, Map<String, ?> values) {
        Api.Answer made = api.post(DATA + set, values);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }
}
