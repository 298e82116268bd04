package io.relata.app.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/// Reads batches in the form of OData 4.0: parts of type `application/http`, or changesets of such parts.
final class MultipartBatch {

    private static final int MAX_HEADERS = 16 * 1024;
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_ID = "content-id";

    /// Clients write blanks into addresses here that an address cannot have.
    private static final Pattern REQUEST = Pattern.compile("(\\S+)\\s+(\\S.*?)(?:\\s+HTTP/\\d(?:\\.\\d)?)?\\s*");

    private int read;

    private MultipartBatch() {}

    static List<Unit> read(InputStream body, String contentType) {
        MultipartBatch batch = new MultipartBatch();
        try {
            return batch.units(body, contentType);
        } catch (FileUploadException broken) {
            throw Batches.malformed(batch.read);
        } catch (IOException broken) {
            throw Batches.malformed(batch.read);
        }
    }

    private List<Unit> units(InputStream body, String contentType) throws IOException {
        List<Unit> units = new ArrayList<>();
        for (Piece piece : pieces(body, contentType)) {
            String type = piece.headers().getOrDefault(CONTENT_TYPE, "");
            Batches.requireFew(units, 1);
            if (type.startsWith("multipart/mixed")) {
                List<Part> parts = new ArrayList<>();
                for (Piece inner : pieces(new ByteArrayInputStream(piece.content()), type)) {
                    parts.add(part(inner));
                    Batches.requireFew(units, parts.size());
                }
                units.add(new Unit("", parts));
            } else {
                units.add(new Unit(null, List.of(part(piece))));
            }
        }
        return units;
    }

    /// A part of a multipart body.
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares pieces.
    private record Piece(Map<String, String> headers, byte[] content) {}

    private List<Piece> pieces(InputStream body, String contentType) throws IOException {
        MultipartInput input = MultipartInput.builder()
                .setInputStream(body)
                .setBoundary(boundary(contentType))
                .setMaxPartHeaderSize(MAX_HEADERS)
                .get();
        List<Piece> pieces = new ArrayList<>();
        for (boolean more = input.skipPreamble(); more; more = input.readBoundary()) {
            read++;
            if (read > 2 * Batches.MAX_PARTS) {
                throw Batches.malformed(read);
            }
            Map<String, String> headers = headers(input.readHeaders());
            pieces.add(new Piece(headers, input.newInputStream().readAllBytes()));
        }
        if (pieces.isEmpty()) {
            throw Batches.malformed(read);
        }
        return pieces;
    }

    private byte[] boundary(String contentType) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        String boundary = parser.parse(contentType, ';').get("boundary");
        if (boundary == null || boundary.isBlank()) {
            throw Batches.malformed(read);
        }
        return boundary.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Part part(Piece piece) {
        if (!piece.headers().getOrDefault(CONTENT_TYPE, "").startsWith("application/http")) {
            throw Batches.malformed(read);
        }
        byte[] content = piece.content();
        int start = skipBlank(content);
        int end = endOfHead(content, start);
        List<String> head = new String(content, start, end - start, StandardCharsets.UTF_8)
                .lines()
                .toList();
        Matcher request = REQUEST.matcher(head.isEmpty() ? "" : head.getFirst());
        if (!request.matches()) {
            throw Batches.malformed(read);
        }
        Map<String, String> headers = headers(String.join("\r\n", head.subList(1, head.size())));
        String id = headers.getOrDefault(CONTENT_ID, piece.headers().getOrDefault(CONTENT_ID, ""));
        return new Part(
                id.isEmpty() ? null : id,
                request.group(1).toUpperCase(Locale.ROOT),
                request.group(2),
                headers,
                body(content, end),
                List.of());
    }

    private static int skipBlank(byte[] content) {
        int start = 0;
        while (start < content.length && (content[start] == '\r' || content[start] == '\n')) {
            start++;
        }
        return start;
    }

    /// Returns where the empty line begins that ends the head.
    private static int endOfHead(byte[] content, int start) {
        for (int i = start; i < content.length; i++) {
            boolean ends = content[i] == '\n'
                    && (i + 1 == content.length
                            || content[i + 1] == '\n'
                            || (content[i + 1] == '\r' && i + 2 < content.length && content[i + 2] == '\n'));
            if (ends) {
                return i + 1;
            }
        }
        return content.length;
    }

    /// Line ends after the body belong to the batch.
    private static byte[] body(byte[] content, int end) {
        int from = end;
        if (from < content.length && content[from] == '\r') {
            from++;
        }
        if (from < content.length && content[from] == '\n') {
            from++;
        }
        int to = content.length;
        while (to > from && (content[to - 1] == '\r' || content[to - 1] == '\n')) {
            to--;
        }
        return Arrays.copyOfRange(content, from, to);
    }

    private static Map<String, String> headers(@Nullable String text) {
        Map<String, String> headers = new TreeMap<>();
        for (String line : text == null ? new String[0] : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
