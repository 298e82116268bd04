package io.relata.core.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells from a file's first bytes what it is. What it is called tells texts apart only: those that are data and those
/// that are prose look the same.
public final class ContentTypes {

    /// How many bytes are looked at.
    static final int LOOKED_AT = 8 * 1024;

    static final String UNKNOWN = "application/octet-stream";

    private static final String PLAIN = "text/plain";
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final Pattern SVG =
            Pattern.compile("(?s)^\\s*(<\\?xml.*?\\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\\s)*<svg[\\s>].*");
    private static final Pattern HTML =
            Pattern.compile("(?is)^\\s*(<\\?xml.*?\\?>|<!--.*?-->|\\s)*<(!doctype html|html|head|body|script)[\\s>].*");

    /// Images that every browser shows and that cannot run anything.
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final Set<String> SHOWN = Set.of("application/pdf", PLAIN, "text/csv");

    /// What files of a type begin with, in hexadecimal digits.
    private record Beginning(String digits, int at, String type) {

        boolean of(byte[] bytes) {
            byte[] wanted = HexFormat.of().parseHex(digits);
            return bytes.length >= at + wanted.length
                    && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
        }
    }

    private static final List<Beginning> BEGINNINGS = List.of(
            new Beginning("255044462d", 0, "application/pdf"),
            new Beginning("89504e470d0a1a0a", 0, "image/png"),
            new Beginning("ffd8ff", 0, "image/jpeg"),
            new Beginning("474946383761", 0, "image/gif"),
            new Beginning("474946383961", 0, "image/gif"),
            new Beginning("57454250", 8, "image/webp"),
            new Beginning("49492a00", 0, "image/tiff"),
            new Beginning("4d4d002a", 0, "image/tiff"),
            new Beginning("d0cf11e0a1b11ae1", 0, "application/x-ole-storage"),
            new Beginning("1f8b08", 0, "application/gzip"),
            new Beginning("66747970", 4, "video/mp4"),
            new Beginning("494433", 0, "audio/mpeg"));

    private ContentTypes() {}

    /// Returns the type.
    ///
    /// @param name as who sent the file called it
    static String of(byte[] first, String name) {
        if (new Beginning("504b0304", 0, "").of(first)) {
            return archive(first);
        }
        return BEGINNINGS.stream()
                .filter(beginning -> beginning.of(first))
                .map(Beginning::type)
                .findFirst()
                .orElseGet(() -> text(first, name));
    }

    private static String archive(byte[] first) {
        String names = new String(first, StandardCharsets.ISO_8859_1);
        if (!names.contains("[Content_Types].xml") && !names.contains("_rels/.rels")) {
            return names.contains("mimetypeapplication/vnd.oasis.opendocument.text")
                    ? "application/vnd.oasis.opendocument.text"
                    : "application/zip";
        }
        return names.contains("word/")
                ? OFFICE + "wordprocessingml.document"
                : names.contains("xl/")
                        ? OFFICE + "spreadsheetml.sheet"
                        : names.contains("ppt/") ? OFFICE + "presentationml.presentation" : "application/zip";
    }

    private static String text(byte[] first, String name) {
        String text = decoded(first);
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        if (SVG.matcher(text).matches()) {
            return "image/svg+xml";
        }
        if (HTML.matcher(text).matches()) {
            return "text/html";
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? "text/csv" : PLAIN;
    }

    /// Returns the text that the bytes are; empty when they are none. The last character may be cut.
    private static String decoded(byte[] first) {
        for (int cut = 0; cut < 4 && cut < first.length; cut++) {
            Optional<String> text = utf8(first, first.length - cut);
            if (text.isPresent()) {
                boolean binary = text.get().chars().anyMatch(c -> c < ' ' && "\t\n\r\f\u001b".indexOf(c) < 0);
                return binary ? "" : text.get();
            }
        }
        return "";
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException cutOrNoText) {
            return Optional.empty();
        }
    }

    /// Returns whether the file is an image that is shown and made small.
    public static boolean isPicture(String contentType) {
        return PICTURES.contains(contentType);
    }

    /// Returns whether a browser may show the file in place of saving it. Never what can run something: SVG and HTML.
    public static boolean canBeShown(String contentType) {
        return isPicture(contentType) || SHOWN.contains(contentType);
    }
}
