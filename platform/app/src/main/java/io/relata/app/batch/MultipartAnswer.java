package io.relata.app.batch;

import io.relata.app.write.Answered;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes answers in the form of OData 4.0.
final class MultipartAnswer {

    private static final String END = "\r\n";
    private static final Map<Integer, String> REASONS = Map.of(422, "Unprocessable Content", 424, "Failed Dependency");

    private final OutputStream out;
    private final String boundary;

    static String boundary() {
        return "batchresponse_" + UUID.randomUUID();
    }

    MultipartAnswer(OutputStream out, String boundary) {
        this.out = out;
        this.boundary = boundary;
    }

    void take(Unit unit, List<Answered> answers) throws IOException {
        write("--" + boundary + END);
        if (unit.group() == null || answers.size() < unit.parts().size()) {
            http(answers.getFirst(), unit.parts().getFirst().id());
            return;
        }
        String inner = "changesetresponse_" + UUID.randomUUID();
        write("Content-Type: multipart/mixed; boundary=" + inner + END + END);
        for (int i = 0; i < answers.size(); i++) {
            write("--" + inner + END);
            http(answers.get(i), unit.parts().get(i).id());
        }
        write("--" + inner + "--" + END);
    }

    void end() throws IOException {
        write("--" + boundary + "--" + END);
    }

    private void http(Answered answer, @Nullable String id) throws IOException {
        write("Content-Type: application/http" + END + "Content-Transfer-Encoding: binary" + END);
        if (id != null) {
            write("Content-ID: " + id.replaceAll("[^\\x21-\\x7e]", "_") + END);
        }
        write(END + "HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + END);
        for (var header : answer.headers().entrySet()) {
            write(header.getKey() + ": " + header.getValue() + END);
        }
        if (answer.body().length > 0) {
            write("Content-Length: " + answer.body().length + END);
        }
        write(END);
        out.write(answer.body());
        write(END);
    }

    /// Clients refuse a status line that ends with the number.
    private static String reason(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? REASONS.getOrDefault(status, "Other") : known.getReasonPhrase();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
