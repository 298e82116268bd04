package io.relata.app.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.relata.app.write.Answered;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Writes answers in the form of OData 4.01.
final class JsonAnswer {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;

    JsonAnswer(OutputStream out) throws IOException {
        json = FACTORY.createGenerator(out);
        json.writeStartObject();
        json.writeArrayFieldStart("responses");
    }

    /// Of a group of which none was done, every request is answered alike.
    void take(Unit unit, List<Answered> answers) throws IOException {
        for (int i = 0; i < unit.parts().size(); i++) {
            Answered answer = answers.get(Math.min(i, answers.size() - 1));
            json.writeStartObject();
            json.writeStringField("id", unit.parts().get(i).id());
            if (unit.group() != null) {
                json.writeStringField("atomicityGroup", unit.group());
            }
            json.writeNumberField("status", answer.status());
            json.writeObjectFieldStart("headers");
            for (var header : answer.headers().entrySet()) {
                json.writeStringField(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
            }
            json.writeEndObject();
            if (answer.body().length > 0) {
                json.writeFieldName("body");
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                if (answer.json()) {
                    json.writeRawValue(text);
                } else {
                    json.writeString(text);
                }
            }
            json.writeEndObject();
        }
    }

    void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}
