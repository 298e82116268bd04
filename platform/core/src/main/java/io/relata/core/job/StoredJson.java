package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.Job.Failure;
import io.relata.core.sql.StoredDocument;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// How the documents of the job tables are written and read.
final class StoredJson {

    /// What a spreadsheet's cell can hold; a refused row need not be kept longer than that.
    private static final int MAX_CELL = 32_767;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StoredJson() {}

    static JSONB caller(CallContext context) {
        ObjectNode node = NODES.objectNode();
        node.put("user", context.user().toString());
        ArrayNode roles = node.putArray("roles");
        context.roles().forEach(roles::add);
        node.put("locale", context.locale().toLanguageTag());
        node.put("zone", context.zone().getId());
        node.put("currency", context.currency().getCurrencyCode());
        node.put("requestId", context.requestId());
        node.put("origin", context.origin().name());
        return JSONB.valueOf(node.toString());
    }

    static CallContext caller(UUID tenant, JSONB document) {
        JsonNode node = StoredDocument.parse(document);
        Set<String> roles = new HashSet<>();
        node.path("roles").forEach(role -> roles.add(role.textValue()));
        return new CallContext(
                tenant,
                UUID.fromString(node.path("user").textValue()),
                roles,
                Locale.forLanguageTag(node.path("locale").textValue()),
                ZoneId.of(node.path("zone").textValue()),
                Currency.getInstance(node.path("currency").textValue()),
                node.path("requestId").textValue(),
                Origin.valueOf(node.path("origin").asText(Origin.IMPORT.name())));
    }

    static JSONB texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(text -> array.add(storable(text)));
        return JSONB.valueOf(array.toString());
    }

    static List<String> texts(JSONB document) {
        List<String> texts = new ArrayList<>();
        StoredDocument.parse(document).forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    static JSONB faults(List<Fault> faults) {
        ArrayNode array = NODES.arrayNode();
        for (Fault fault : faults) {
            ObjectNode node = array.addObject();
            node.put("column", fault.column());
            node.put("field", fault.field());
            node.put("value", fault.value() == null ? null : storable(fault.value()));
            node.put("code", fault.code());
            node.set("arguments", arguments(fault.arguments()));
        }
        return JSONB.valueOf(array.toString());
    }

    static List<Fault> faults(JSONB document) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode node : StoredDocument.parse(document)) {
            faults.add(new Fault(
                    node.path("column").textValue(),
                    node.path("field").textValue(),
                    node.path("value").textValue(),
                    node.path("code").textValue(),
                    arguments(node.path("arguments"))));
        }
        return faults;
    }

    static JSONB failure(Failure failure) {
        ObjectNode node = NODES.objectNode();
        node.put("code", failure.code());
        node.set("arguments", arguments(failure.arguments()));
        return JSONB.valueOf(node.toString());
    }

    static @Nullable Failure failure(@Nullable JSONB document) {
        if (document == null) {
            return null;
        }
        JsonNode node = StoredDocument.parse(document);
        return new Failure(node.path("code").textValue(), arguments(node.path("arguments")));
    }

    private static ArrayNode arguments(List<Object> arguments) {
        ArrayNode array = NODES.arrayNode();
        for (Object argument : arguments) {
            switch (argument) {
                case Integer number -> array.add(number);
                case Long number -> array.add(number);
                case BigDecimal number -> array.add(number);
                default -> array.add(storable(argument.toString()));
            }
        }
        return array;
    }

    private static List<Object> arguments(JsonNode array) {
        List<Object> arguments = new ArrayList<>();
        array.forEach(node -> arguments.add(node.isNumber() ? node.numberValue() : node.textValue()));
        return arguments;
    }

    /// The database's jsonb holds no NUL and need not hold a novel.
    private static String storable(String text) {
        String shorter = text.length() > MAX_CELL ? text.substring(0, MAX_CELL) : text;
        return shorter.replace('\u0000', '\uFFFD');
    }
}
