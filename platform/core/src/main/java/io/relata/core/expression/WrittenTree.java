package io.relata.core.expression;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes a checked expression's tree, as maps and lists, for the browser, which computes it with the same meaning.
///
/// A node is `{"value": …}`, `{"path": [names]}` or `{"op": code, "of": [nodes]}`, each with the word of its `type`.
/// Values are texts, for numbers must stay exact; no value at all is empty. A pattern is written as the steps of its
/// machine, so that it costs no more there than here.
public final class WrittenTree {

    private WrittenTree() {}

    public static Map<String, Object> of(Node node) {
        Map<String, Object> written = new LinkedHashMap<>();
        switch (node) {
            case Node.Constant constant -> constant(written, constant.value());
            case Node.Path path -> written.put("path", path.names());
            case Node.Call call -> call(written, call);
        }
        written.put("type", node.type().word());
        return written;
    }

    private static void constant(Map<String, Object> written, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean truth -> written.put("value", truth);
            case BigDecimal number -> written.put("value", Evaluator.plainText(number));
            default -> written.put("value", value.toString());
        }
    }

    private static void call(Map<String, Object> written, Node.Call call) {
        written.put("op", call.op().code());
        boolean pattern = call.op() == Op.MATCHES;
        written.put(
                "of",
                call.arguments().stream()
                        .limit(pattern ? 1 : call.arguments().size())
                        .map(WrittenTree::of)
                        .toList());
        if (pattern) {
            String text = Node.Constant.text(call.argument(1));
            written.put("steps", Pattern.of(text == null ? "" : text).written());
        }
        if (call.op() == Op.LABEL && call.argument(0).type() instanceof Type.Text text) {
            Map<String, Object> labels = new LinkedHashMap<>();
            text.choices().forEach(choice -> labels.put(choice.value(), new TreeMap<>(choice.labels())));
            written.put("labels", labels);
        }
    }
}
