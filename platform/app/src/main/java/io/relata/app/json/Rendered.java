package io.relata.app.json;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A JSON document that many ask for: made once, kept compressed, with a tag of its content. Immutable.
public final class Rendered {

    private static final int TAG_BYTES = 12;

    private final byte[] compressed;
    private final String tag;

    private Rendered(byte[] compressed, String tag) {
        this.compressed = compressed;
        this.tag = tag;
    }

    /// Writes a document.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Makes the document.
    public static Rendered of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(new GZIPOutputStream(bytes), digest)) {
            content.writeTo(out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return new Rendered(bytes.toByteArray(), HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES));
    }

    /// Returns how many bytes are kept.
    public int weight() {
        return compressed.length;
    }

    /// Returns the tag: it comes from the content, so that whatever changes that changes it.
    public String tag() {
        return tag;
    }

    /// Writes the document as it was made.
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            in.transferTo(out);
        }
    }

    /// Answers a request: with the document, or that the caller has it already.
    public Response answer(Request request) {
        EntityTag entityTag = new EntityTag(tag);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(entityTag);
        StreamingOutput body = this::writeTo;
        Response.ResponseBuilder response =
                unchanged == null ? Response.ok(body, MediaType.APPLICATION_JSON_TYPE) : unchanged;
        return response.tag(entityTag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Cookie, Authorization, Accept-Language")
                .build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
