package io.relata.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.type.Form;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What keeping roll-ups right costs a write: the same records written with and without, in turns. Run by hand.
final class RollUpBench {

    private static final int PARENTS = 200;
    private static final int WRITES = 400;
    private static final int ROUNDS = 7;
    private static final int BULK = 1_000;

    private final TestEngine engine;
    private final CallContext call;
    private final List<String> plain;
    private final List<String> kept;

    private RollUpBench(TestEngine engine) throws SQLException {
        this.engine = engine;
        this.call = engine.tenant("bench");
        this.plain = parents("c_plain", "");
        this.kept = parents("c_kept", """
                , {"name": "c_count", "type": "integer", "label": {"en": "R"},
                   "rollUp": {"of": "c_kept_row", "by": "c_of", "function": "count"}}
                , {"name": "c_sum", "type": "money", "label": {"en": "R"},
                   "rollUp": {"of": "c_kept_row", "by": "c_of", "function": "sum", "field": "c_amount"}}
                , {"name": "c_big", "type": "money", "label": {"en": "R"},
                   "rollUp": {"of": "c_kept_row", "by": "c_of", "function": "max", "field": "c_amount", "filter": "c_amount gt 10"}}
                """);
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        try (TestEngine engine =
                TestEngine.start(LocalPostgres.forTests(), Files.createTempDirectory("roll-up-bench"))) {
            RollUpBench bench = new RollUpBench(engine);
            bench.compare("one record made", WRITES, number -> 1);
            bench.compare("1,000 records made together", 4, number -> BULK);
        }
    }

    private void compare(String what, int times, IntFunction<Integer> size) {
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = run("c_plain_row", plain, times, size);
            double second = run("c_kept_row", kept, times, size);
            if (round >= 0) {
                without[round] = first;
                with[round] = second;
            }
        }
        System.out.printf(
                "%s: %.3f ms without, %.3f ms with three roll-ups, ratio %.2f%n",
                what, median(without), median(with), median(with) / median(without));
    }

    private double run(String entity, List<String> parents, int times, IntFunction<Integer> size) {
        RecordWriter writer = engine.relata().writer();
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            List<RecordInput> inputs = new ArrayList<>();
            for (int n = 0; n < size.apply(i); n++) {
                Map<String, @Nullable Object> values = Map.of(
                        "c_name", "N" + n, "c_of_id", parents.get((i + n) % PARENTS), "c_amount", (long) (i + n % 50));
                inputs.add(new RecordInput(null, null, values, Form.JSON));
            }
            writer.transaction(call, tx -> writer.saveAll(tx, tx.entity(entity), inputs));
        }
        return (System.nanoTime() - begin) / 1e6 / times;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private List<String> parents(String name, String rollUps) {
        define(name, "");
        define(name + "_row", """
                , {"name": "c_of", "type": "lookup", "target": "%s", "label": {"en": "Of"}}
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                """.formatted(name));
        if (!rollUps.isEmpty()) {
            json("[" + rollUps.strip().substring(1) + "]")
                    .forEach(field -> engine.relata().metadata().addField(call, name, field));
        }
        RecordWriter writer = engine.relata().writer();
        List<RecordInput> inputs = IntStream.range(0, PARENTS)
                .mapToObj(number -> new RecordInput(null, null, Map.of("c_name", "P" + number), Form.JSON))
                .toList();
        return writer.transaction(call, tx -> writer.saveAll(tx, tx.entity(name), inputs)).stream()
                .map(result -> ((RecordResult.Saved) result).data().id())
                .map(UUID::toString)
                .toList();
    }

    private void define(String name, String fields) {
        engine.relata().metadata().createEntity(call, json("""
                {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"},
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                """.formatted(name, name, name, fields)));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
