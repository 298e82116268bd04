package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordInput;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Questions about places and addresses, against what plain Java says of the same records.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlacesTest {

    private static final int MANY = 300;
    private static final double RADIUS = 6_371_008.8;
    private static final List<GeoPoint> CENTRES = List.of(
            new GeoPoint(39_904_200, 116_407_400),
            new GeoPoint(-16_500_000, 179_999_000),
            new GeoPoint(89_990_000, 10_000_000),
            new GeoPoint(0, -180_000_000),
            new GeoPoint(-90_000_000, 0));

    private final LocalPostgres postgres;
    private final Map<String, GeoPoint> places = new LinkedHashMap<>();
    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;

    PlacesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void fill(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        call = jobs.member("places");
        engine.relata().metadata().createEntity(call, new JsonMapper().readTree("""
                {"name": "c_site", "label": {"en": "Site"}, "pluralLabel": {"en": "Sites"}, "fields": [
                  {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                  {"name": "c_slot", "type": "geo", "indexed": true, "label": {"en": "Place"}},
                  {"name": "c_data", "type": "geo", "indexed": false, "label": {"en": "Place"}},
                  {"name": "c_address", "type": "address", "label": {"en": "Address"}}]}
                """));
        Random random = new Random(7);
        List<RecordInput> inputs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            GeoPoint place = place(random, i);
            places.put("p" + i, place);
            inputs.add(site("p" + i, place.geoJson(), i % 3 == 0 ? "NO" : "CN", i % 2 == 0 ? "Bergen" : "Ås"));
        }
        inputs.add(site("none", null, "", ""));
        engine.relata()
                .writer()
                .transaction(call, tx -> engine.relata().writer().saveAll(tx, tx.entity("c_site"), inputs));
    }

    /// Some at the edges of the earth, some close together, the others anywhere.
    private static GeoPoint place(Random random, int i) {
        if (i < CENTRES.size()) {
            return CENTRES.get(i);
        }
        if (i % 2 == 0) {
            GeoPoint centre = CENTRES.get(i % 4 / 2);
            return new GeoPoint(
                    centre.latitude() + random.nextInt(60_000) - 30_000,
                    Math.min(centre.longitude() + random.nextInt(60_000) - 30_000, GeoPoint.EAST));
        }
        return new GeoPoint(
                random.nextInt(2 * GeoPoint.NORTH) - GeoPoint.NORTH, random.nextInt(2 * GeoPoint.EAST) - GeoPoint.EAST);
    }

    private static RecordInput site(String name, @Nullable Object place, String country, String locality) {
        return new RecordInput(
                null,
                null,
                TestEngine.values(
                        "c_name",
                        name,
                        "c_slot",
                        place,
                        "c_data",
                        place,
                        "c_address",
                        Map.of("country", country, "locality", locality)),
                Form.JSON);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void keepsPlacesAsTheyAre() {
        for (GeoPoint place : places.values()) {
            assertThat(GeoPoint.of(place.code())).isEqualTo(place);
        }
        assertThat(new GeoPoint(GeoPoint.NORTH, GeoPoint.EAST).code()).isPositive();
    }

    @Test
    void findsWhatIsNear() {
        for (GeoPoint centre : CENTRES) {
            for (int metres : List.of(0, 500, 3_000, 2_000_000, 9_000_000, 21_000_000)) {
                List<String> near = matching(place -> metres(centre, place) < metres + 0.5);
                for (String field : List.of("c_slot", "c_data")) {
                    String distance = "geo.distance(%s,%s)".formatted(field, point(centre));
                    assertThat(names("$filter", distance + " le " + metres + ".5"))
                            .as("%s of %s", metres, centre)
                            .containsExactlyInAnyOrderElementsOf(near);
                }
            }
        }
        assertThat(names("$filter", "not (geo.distance(c_slot," + point(CENTRES.getFirst()) + ") le 3000)"))
                .as("and the one that has no place")
                .hasSize(1
                        + matching(place -> metres(CENTRES.getFirst(), place) > 3000)
                                .size());
    }

    @Test
    void findsWhatLiesInABox() {
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            int south = random.nextInt(GeoPoint.NORTH) - GeoPoint.NORTH / 2;
            int west = random.nextInt(GeoPoint.EAST) - GeoPoint.EAST / 2;
            int north = Math.min(south + 1 + random.nextInt(80 * GeoPoint.MILLION), GeoPoint.NORTH);
            int east = Math.min(west + 1 + random.nextInt(80 * GeoPoint.MILLION), GeoPoint.EAST);
            String box = "geography'SRID=4326;Polygon((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s))'"
                    .formatted(degrees(west), degrees(south), degrees(east), degrees(north));
            List<String> inside = matching(place -> place.latitude() >= south
                    && place.latitude() <= north
                    && place.longitude() >= west
                    && place.longitude() <= east);
            assertThat(names("$filter", "geo.intersects(c_slot," + box + ")"))
                    .containsExactlyInAnyOrderElementsOf(inside);
            assertThat(names("$filter", "geo.intersects(c_data," + box + ")"))
                    .containsExactlyInAnyOrderElementsOf(inside);
        }
    }

    @Test
    void ordersByDistanceOverPages() {
        GeoPoint centre = CENTRES.getFirst();
        List<String> ordered = new ArrayList<>(places.keySet());
        ordered.sort(Comparator.comparingDouble(name -> metres(centre, places.getOrDefault(name, centre))));
        List<String> found = new ArrayList<>();
        JsonNode page = list(
                "$orderby", "geo.distance(c_slot," + point(centre) + ")", "$filter", "c_slot ne null", "$top", "120");
        page.get("value").forEach(record -> found.add(record.get("c_name").asText()));
        assertThat(found).containsExactlyElementsOf(ordered.subList(0, 120));
        JsonNode all = list("$orderby", "geo.distance(c_slot," + point(centre) + ") desc");
        List<String> reversed = new ArrayList<>();
        for (JsonNode next = all; next != null; ) {
            next.get("value")
                    .forEach(record -> reversed.add(record.get("c_name").asText()));
            JsonNode link = next.get("@odata.nextLink");
            next = link == null ? null : ODataWorld.json(jobs.odata().list(call, "c_sites", ODataWorld.queryOf(link)));
        }
        assertThat(reversed).hasSize(MANY + 1).endsWith("none");
        assertThat(reversed.subList(0, MANY)).containsExactlyElementsOf(ordered.reversed());
    }

    @Test
    void asksForPartsOfAddresses() {
        assertThat(names("$filter", "c_address/country eq 'NO' and startswith(c_address/locality,'ås')"))
                .hasSize(50);
        assertThat(names("$filter", "c_address eq null")).containsExactly("none");
        JsonNode groups = list(
                "$apply",
                "groupby((c_address/country,c_address/locality),aggregate($count as n))",
                "$orderby",
                "n desc");
        assertThat(groups.get("value").toString())
                .contains("{\"c_address\":{\"country\":\"CN\",\"locality\":\"Ås\"},\"n\":100}")
                .contains("\"country\":null");
        assertThat(names("$orderby", "c_address/locality,c_name", "$top", "1")).containsExactly("p1");
    }

    @Test
    void refusesWhatIsNoPlace() {
        for (String filter : List.of(
                "geo.distance(c_slot,c_name) lt 1",
                "geo.distance(c_slot) lt 1",
                "geo.intersects(c_slot,geography'SRID=4326;Point(1 1)')",
                "geo.distance(c_slot,geography'SRID=4326;Point(1 91)') lt 1",
                "geo.intersects(c_slot,geography'SRID=4326;Polygon((0 0,1 1,2 2,3 3,0 0))')",
                "c_slot eq c_data",
                "c_address eq c_address",
                "c_address/town eq 'x'")) {
            assertThatThrownBy(() -> names("$filter", filter)).as(filter).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> list("$apply", "groupby((c_slot))")).isInstanceOf(ProblemException.class);
    }

    private List<String> matching(Predicate<GeoPoint> condition) {
        return places.entrySet().stream()
                .filter(entry -> condition.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> names(String... options) {
        List<String> names = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(options));
        if (!all.contains("$top")) {
            all.addAll(List.of("$top", "1000"));
        }
        list(all.toArray(String[]::new))
                .get("value")
                .forEach(record -> names.add(record.get("c_name").asText()));
        return names;
    }

    private JsonNode list(String... options) {
        return ODataWorld.json(jobs.odata().list(call, "c_sites", ODataWorld.query(options)));
    }

    private static String point(GeoPoint point) {
        return "geography'SRID=4326;Point(%s %s)'"
                .formatted(
                        point.degreesEast().toPlainString(),
                        point.degreesNorth().toPlainString());
    }

    private static String degrees(int millionths) {
        return BigDecimal.valueOf(millionths, 6).toPlainString();
    }

    private static double metres(GeoPoint one, GeoPoint other) {
        double lat1 = Math.toRadians(one.latitude() / 1e6);
        double lat2 = Math.toRadians(other.latitude() / 1e6);
        double east = Math.toRadians((other.longitude() - one.longitude()) / 1e6);
        double h = Math.pow(Math.sin((lat2 - lat1) / 2), 2)
                + Math.cos(lat1) * Math.cos(lat2) * Math.pow(Math.sin(east / 2), 2);
        return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
