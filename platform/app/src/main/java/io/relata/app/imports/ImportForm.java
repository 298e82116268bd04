package io.relata.app.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.imports.Multipart.Part;
import io.relata.app.json.JsonReader;
import io.relata.app.json.LimitedInput;
import io.relata.core.imports.ImportPreview.Wish;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that brings a file: the file goes to disk as it comes in. Closing it removes what no import has taken.
final class ImportForm implements AutoCloseable {

    private static final int TEXT_BYTES = 1_000;

    private final ImportService imports;
    private final CallContext context;
    private final Map<String, String> texts = new HashMap<>();
    private @Nullable ImportUpload upload;
    private @Nullable ObjectNode mapping;
    private String fileName = "";
    private final MessageDigest digest = sha256();

    private ImportForm(ImportService imports, CallContext context) {
        this.imports = imports;
        this.context = context;
    }

    static ImportForm read(ImportService imports, CallContext context, InputStream body, String contentType)
            throws IOException {
        ImportForm form = new ImportForm(imports, context);
        boolean complete = false;
        try {
            Multipart.read(body, contentType, form::receive);
            complete = true;
        } finally {
            if (!complete) {
                form.close();
            }
        }
        return form;
    }

    private void receive(Part part) throws IOException {
        digest.update((part.name() + '\n' + part.fileName() + '\n').getBytes(StandardCharsets.UTF_8));
        InputStream content = new DigestInputStream(part.content(), digest);
        switch (part.name()) {
            case "file" -> {
                refuseTwice(part, upload);
                fileName = part.fileName() == null ? "" : part.fileName();
                upload = imports.receive(context, content);
            }
            case "mapping" -> {
                refuseTwice(part, mapping);
                mapping = JsonReader.tree(content);
            }
            default -> {
                byte[] bytes = new LimitedInput(content, TEXT_BYTES).readAllBytes();
                texts.put(part.name(), new String(bytes, StandardCharsets.UTF_8));
            }
        }
    }

    /// Returns what tells the form's parts from any others'.
    byte[] fingerprint() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException exception) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned", exception);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java has SHA-256", exception);
        }
    }

    private static void refuseTwice(Part part, @Nullable Object earlier) {
        if (earlier != null) {
            throw ProblemException.invalid(List.of(Violation.of(part.name(), "import.part-twice", part.name())));
        }
    }

    ImportUpload file() {
        return required("file", upload);
    }

    ObjectNode mapping() {
        return required("mapping", mapping);
    }

    String fileName() {
        return fileName;
    }

    Wish wish() {
        return new Wish(text("entity"), text("encoding"), text("delimiter"));
    }

    private @Nullable String text(String name) {
        String text = texts.get(name);
        return text == null || text.isEmpty() ? null : text;
    }

    private static <T> T required(String name, @Nullable T part) {
        if (part == null) {
            throw ProblemException.invalid(List.of(Violation.of(name, "required")));
        }
        return part;
    }

    @Override
    public void close() {
        if (upload != null) {
            upload.close();
        }
    }
}
