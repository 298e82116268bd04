package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.advice.IndexAdvice;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Tags and lists of options are asked for by an index that every write keeps.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListItemsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TAGS = List.of("VIP", "2026", "北京", "a;b", "late", "it's");
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    ListItemsTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    private record Model(Map<UUID, Set<String>> tags, Map<UUID, Set<String>> colours) {

        long count(Predicate<Set<String>> condition) {
            return tags.values().stream().filter(condition).count();
        }
    }

    @Test
    void findTheSameAsTheRecordsSayWhateverIsDone() throws Exception {
        CallContext call = tenant("same");
        Model model = new Model(new HashMap<>(), new HashMap<>());
        Map<UUID, Set<String>> deleted = new HashMap<>();
        Random random = new Random(3);
        for (int step = 0; step < 120; step++) {
            act(call, model, deleted, random);
        }
        for (String tag : TAGS) {
            String text = "'" + tag.replace("'", "''") + "'";
            assertThat(count(call, "c_tags/any(t:t eq " + text + ")")).isEqualTo(model.count(own -> own.contains(tag)));
            assertThat(count(call, "not c_tags/any(t:t eq " + text + ")"))
                    .isEqualTo(model.count(own -> !own.contains(tag)));
            assertThat(count(call, "c_tags/any(t:t eq " + text + ") and c_tags/any(t:t eq 'VIP')"))
                    .isEqualTo(model.count(own -> own.containsAll(List.of(tag, "VIP"))));
            assertThat(count(call, "c_tags/any(t:t in (" + text + ",'late'))"))
                    .isEqualTo(model.count(own -> own.contains(tag) || own.contains("late")));
            assertThat(count(call, "c_tags/all(t:t in (" + text + ",'VIP'))"))
                    .isEqualTo(model.count(own -> List.of(tag, "VIP").containsAll(own)));
        }
        assertThat(count(call, "c_tags/any()")).isEqualTo(model.count(own -> !own.isEmpty()));
        for (String colour : COLOURS) {
            assertThat(count(call, "c_colours/any(t:t eq '" + colour + "')"))
                    .isEqualTo(model.colours().entrySet().stream()
                            .filter(one -> model.tags().containsKey(one.getKey())
                                    && one.getValue().contains(colour))
                            .count());
        }
        assertThat(count(call, "c_of/c_tags/any(t:t eq 'VIP') or c_name eq 'none'"))
                .isEqualTo(count(call, "c_of/c_tags/any(t:t eq 'VIP')"))
                .isPositive();
        assertThat(count(call, "not c_of/c_tags/any(t:t eq 'VIP')") + count(call, "c_of/c_tags/any(t:t eq 'VIP')"))
                .isEqualTo(model.tags().size());
    }

    private void act(CallContext call, Model model, Map<UUID, Set<String>> deleted, Random random) {
        Set<String> tags = some(TAGS, random);
        Set<String> colours = some(COLOURS, random);
        List<UUID> known = new ArrayList<>(model.tags().keySet());
        UUID other = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
        int what = other == null ? 0 : random.nextInt(6);
        if (what < 3 || other == null) {
            UUID id = engine.create(
                            call,
                            "c_thing",
                            "c_name",
                            "N",
                            "c_tags",
                            List.copyOf(tags),
                            "c_colours",
                            List.copyOf(colours),
                            "c_of_id",
                            other == null ? null : other.toString())
                    .id();
            model.tags().put(id, tags);
            model.colours().put(id, colours);
        } else if (what < 5) {
            engine.update(call, "c_thing", other, "c_tags", List.copyOf(tags));
            model.tags().put(other, tags);
        } else {
            engine.relata().writer().delete(call, "c_thing", other, null);
            if (random.nextBoolean()) {
                engine.relata().writer().restore(call, "c_thing", other);
            } else {
                deleted.put(other, Set.copyOf(model.tags().remove(other)));
            }
        }
    }

    private static Set<String> some(List<String> of, Random random) {
        Set<String> some = new HashSet<>();
        of.forEach(one -> {
            if (random.nextInt(3) == 0) {
                some.add(one);
            }
        });
        return some;
    }

    @Test
    void areAskedInAnIndex() throws Exception {
        CallContext call = tenant("index");
        RecordWriter writer = engine.relata().writer();
        for (int portion = 0; portion < 4; portion++) {
            int from = portion * 1_000;
            List<RecordInput> inputs = IntStream.range(from, from + 1_000)
                    .mapToObj(number -> new RecordInput(
                            null,
                            null,
                            TestEngine.values("c_name", "N", "c_tags", List.of("t" + number % 400)),
                            Form.JSON))
                    .toList();
            writer.transaction(call, tx -> writer.saveAll(tx, tx.entity("c_thing"), inputs));
        }
        engine.database().update("analyze relata.list_item");
        engine.database().update("analyze relata.record_shared");
        EntityDefinition entity = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_thing")
                .orElseThrow();
        String plan = engine.relata().transactions().call(call, sql -> {
            RecordColumns columns = RecordColumns.of(entity);
            String text = sql.renderInlined(DSL.select(columns.id())
                    .from(columns.table())
                    .where(columns.live(call.tenant()))
                    .and(columns.id()
                            .in(ListItems.having(
                                    call.tenant(),
                                    entity,
                                    entity.field("c_tags").orElseThrow(),
                                    List.of("t7")))));
            return String.join("\n", sql.fetch("explain (costs off) " + text).into(String.class));
        });
        assertThat(plan)
                .containsPattern("Index (Only )?Scan using list_item_pkey")
                .containsPattern("Index Cond: .*item = ")
                .contains("record_shared_pkey")
                .doesNotContain("Seq Scan");
        assertThat(count(call, "c_tags/any(t:t eq 't7')")).isEqualTo(10);
    }

    @Test
    void needNoAdviceAndAreFoundBySearch() throws Exception {
        CallContext call = tenant("advice");
        engine.create(call, "c_thing", "c_name", "Lamp", "c_tags", List.of("Antique"), "c_colours", List.of("red"));
        engine.create(call, "c_thing", "c_name", "Chair", "c_tags", List.of("modern"));

        assertThat(names(call, "$search=antique")).containsExactly("Lamp");
        assertThat(names(call, "$search=" + URLEncoder.encode("红色", StandardCharsets.UTF_8)))
                .containsExactly("Lamp");
        engine.update(call, "c_thing", id(call, "Chair"), "c_tags", List.of("antique"));
        assertThat(names(call, "$search=antique")).containsExactlyInAnyOrder("Lamp", "Chair");

        count(call, "c_tags/any(t:t eq 'Antique')");
        engine.relata().shapes().flush();
        assertThat(new IndexAdvice(engine.relata().metadata()).of(call)).isEmpty();
    }

    private UUID id(CallContext call, String name) throws IOException {
        return UUID.fromString(value(call, filter("c_name eq '" + name + "'"))
                .path(0)
                .path("id")
                .asText());
    }

    private List<String> names(CallContext call, String options) throws IOException {
        List<String> names = new ArrayList<>();
        value(call, options).forEach(record -> names.add(record.path("c_name").asText()));
        return names;
    }

    private JsonNode value(CallContext call, String options) throws IOException {
        return list(call, options).path("value");
    }

    private long count(CallContext call, String filter) throws IOException {
        return list(call, filter(filter) + "&$count=true&$top=0")
                .path("@odata.count")
                .asLong(-1);
    }

    private static String filter(String filter) {
        return "$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private JsonNode list(CallContext call, String options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        jobs.odata().list(call, "c_things", options).writeTo(out);
        return JSON.readTree(out.toByteArray());
    }

    private CallContext tenant(String slug) throws Exception {
        CallContext call = jobs.member("lists-" + slug);
        engine.relata().metadata().createEntity(call, JSON.readTree("""
                {"name": "c_thing", "label": {"en": "Thing"}, "pluralLabel": {"en": "Things"},
                 "fields": [
                  {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                  {"name": "c_of", "type": "lookup", "target": "c_thing", "label": {"en": "Of"}},
                  {"name": "c_tags", "type": "tags", "searchable": true, "label": {"en": "Tags"}},
                  {"name": "c_colours", "type": "multiPicklist", "searchable": true, "label": {"en": "Colours"},
                   "options": [{"value": "red", "label": {"en": "Red", "zh-CN": "红色"}}, {"value": "green", "label": {"en": "Green"}},
                               {"value": "blue", "label": {"en": "Blue"}}]}]}
                """));
        return call;
    }
}
