package io.relata.app.imports;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/// Reads a multipart/form-data body part by part as it comes in, so that a large file is never held in memory nor
/// written anywhere but where it belongs. The server's own readers take the whole body before they ask anybody.
final class Multipart {

    private static final int MAX_PARTS = 20;
    private static final int MAX_HEADERS = 8 * 1024;

    private Multipart() {}

    /// One part of the form.
    ///
    /// @param fileName what the caller calls the file; `null` for a plain value
    record Part(String name, @Nullable String fileName, InputStream content) {}

    /// Takes the parts, in the order they come.
    @FunctionalInterface
    interface Receiver {
        void receive(Part part) throws IOException;
    }

    static void read(InputStream body, String contentType, Receiver receiver) throws IOException {
        try {
            MultipartInput input = MultipartInput.builder()
                    .setInputStream(body)
                    .setBoundary(boundary(contentType))
                    .setMaxPartHeaderSize(MAX_HEADERS)
                    .get();
            boolean more = input.skipPreamble();
            for (int count = 0; more; count++) {
                if (count == MAX_PARTS) {
                    throw malformed();
                }
                String headers = input.readHeaders();
                receiver.receive(part(headers, input.newInputStream()));
                input.discardBodyData();
                more = input.readBoundary();
            }
        } catch (FileUploadException broken) {
            throw malformed();
        }
    }

    private static byte[] boundary(String contentType) {
        String boundary = parameters(contentType, ';').get("boundary");
        if (boundary == null || boundary.isBlank()) {
            throw malformed();
        }
        return boundary.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Part part(String headers, InputStream content) {
        for (String header : headers.split("\r\n", -1)) {
            int colon = header.indexOf(':');
            if (colon > 0
                    && header.substring(0, colon)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("content-disposition")) {
                Map<String, String> parameters = parameters(header.substring(colon + 1), ';');
                String name = parameters.get("name");
                if (name != null) {
                    return new Part(name, parameters.get("filename"), content);
                }
            }
        }
        throw malformed();
    }

    private static Map<String, String> parameters(String header, char separator) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, separator);
    }

    private static ProblemException malformed() {
        return ProblemException.of(ProblemCode.VALIDATION, "import.malformed-form");
    }
}
