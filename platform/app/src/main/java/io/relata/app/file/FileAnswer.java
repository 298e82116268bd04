package io.relata.app.file;

import io.relata.core.file.ContentTypes;
import io.relata.core.file.FileService;
import io.relata.core.file.StoredFile;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A file as it goes over the line: nothing in it runs, whatever it is and whoever sent it.
final class FileAnswer {

    private static final int PARTIAL = 206;
    private static final int BUFFER = 1 << 16;

    /// A script in a page that was uploaded would act for whoever looks at it.
    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final FileService files;
    private final CallContext context;
    private final StoredFile file;

    FileAnswer(FileService files, CallContext context, StoredFile file) {
        this.files = files;
        this.context = context;
        this.file = file;
    }

    /// A part that the file does not have is answered with the whole file, as RFC 9110 (14.2) lets a server do.
    Response content(boolean inline, @Nullable String known, @Nullable String range, @Nullable String ifRange) {
        String tag = '"' + file.hash() + '"';
        if (known != null && known.contains(tag)) {
            return safe(Response.notModified(), tag).build();
        }
        String wanted = ifRange == null || ifRange.equals(tag) ? range : null;
        ByteRange bytes = ByteRange.of(wanted, file.size())
                .or(() -> ByteRange.of(null, file.size()))
                .orElseThrow();
        Response.ResponseBuilder answer = bytes.whole()
                ? Response.ok()
                : Response.status(PARTIAL)
                        .header("Content-Range", "bytes %d-%d/%d".formatted(bytes.first(), bytes.last(), file.size()));
        return safe(answer, tag)
                .entity((StreamingOutput) out -> {
                    try (InputStream in = files.open(context, file, bytes.first())) {
                        copy(in, out, bytes.length());
                    }
                })
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length())
                .header(HttpHeaders.CONTENT_TYPE, type())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(inline))
                .header("Accept-Ranges", "bytes")
                .build();
    }

    Response thumbnail(@Nullable String known) throws IOException {
        String tag = '"' + file.hash() + "-" + FileService.EDGE + '"';
        if (known != null && known.contains(tag)) {
            return safe(Response.notModified(), tag).build();
        }
        byte[] small = files.small(context, file).orElseThrow(ProblemException::notFound);
        return safe(Response.ok(small), tag)
                .header(HttpHeaders.CONTENT_TYPE, "image/png")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .build();
    }

    private static Response.ResponseBuilder safe(Response.ResponseBuilder answer, String tag) {
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", NOTHING_RUNS);
    }

    private String type() {
        return file.contentType().startsWith("text/") ? file.contentType() + ";charset=UTF-8" : file.contentType();
    }

    /// Both forms of the name (RFC 6266): that for old programs has what everybody reads.
    private String disposition(boolean inline) {
        String kind = inline && ContentTypes.canBeShown(file.contentType()) ? "inline" : "attachment";
        String plain = file.name().replaceAll("[^A-Za-z0-9 ._()-]", "_");
        String encoded = URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(kind, plain, encoded);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("The file ended before its size");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
