package io.relata.core.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells a file's encoding and delimiter from its beginning.
final class CsvSniffer {

    private static final int HEAD = 1 << 16;

    private CsvSniffer() {}

    /// Returns UTF-8 when the beginning of the file is UTF-8, else GB18030 when it reads as common Chinese, else
    /// UTF-8.
    static Charset charset(Path file) throws IOException {
        byte[] head = head(file);
        boolean chinese =
                !decodes(head, StandardCharsets.UTF_8) && decodes(head, CsvFormat.GB18030) && isCommonChinese(head);
        return chinese ? CsvFormat.GB18030 : StandardCharsets.UTF_8;
    }

    /// Most western texts decode as GB18030 too, but into rare characters: an accented letter swallows the ASCII
    /// letter behind it. Common characters have two bytes above 0xA0.
    private static boolean isCommonChinese(byte[] head) {
        int common = 0;
        int rare = 0;
        for (int index = 0; index + 1 < head.length; index++) {
            if (head[index] < 0) {
                if ((head[index + 1] & 0xFF) > 0xA0) {
                    common++;
                } else {
                    rare++;
                }
                index++;
            }
        }
        return common > 9 * rare;
    }

    /// Returns the candidate that stands most often in the header, outside quotes; a comma when there is none.
    static char delimiter(Path file, Charset charset) throws IOException {
        CharBuffer text = charset.decode(ByteBuffer.wrap(head(file)));
        int[] counts = new int[CsvFormat.DELIMITERS.length()];
        boolean quoted = false;
        boolean begun = false;
        while (text.hasRemaining()) {
            char next = text.get();
            quoted ^= next == '"';
            boolean lineEnd = next == '\n' || next == '\r';
            if (lineEnd && !quoted && begun) {
                break;
            }
            begun |= !lineEnd;
            int candidate = CsvFormat.DELIMITERS.indexOf(next);
            if (candidate >= 0 && !quoted) {
                counts[candidate]++;
            }
        }
        int best = 0;
        for (int candidate = 1; candidate < counts.length; candidate++) {
            best = counts[candidate] > counts[best] ? candidate : best;
        }
        return CsvFormat.DELIMITERS.charAt(best);
    }

    /// A character cut in two at the end of the sample is not held against the encoding.
    private static boolean decodes(byte[] head, Charset charset) {
        CharsetDecoder decoder = EncodingCheck.strict(charset);
        CharBuffer text = CharBuffer.allocate(head.length + 1);
        return !decoder.decode(ByteBuffer.wrap(head), text, false).isError();
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return in.readNBytes(HEAD);
        }
    }
}
