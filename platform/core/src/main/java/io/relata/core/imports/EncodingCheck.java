package io.relata.core.imports;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a file to its end and refuses it at the first byte that is no text in the encoding, naming the line.
///
/// A reader alone would either put replacement characters into records or fail without saying where.
final class EncodingCheck {

    private static final int BUFFER = 1 << 16;

    private final CharsetDecoder decoder;
    private final String name;
    private long line = 1;

    private EncodingCheck(Charset charset) {
        this.decoder = strict(charset);
        this.name = charset.name();
    }

    /// Returns a decoder that fails where a lenient one would guess.
    static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static void require(Path file, Charset charset) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            refuseOtherKinds(in);
            new EncodingCheck(charset).read(in);
        }
    }

    /// Spreadsheets and UTF-16 texts are the usual things that are not CSV; their first bytes tell.
    private static void refuseOtherKinds(InputStream in) throws IOException {
        in.mark(4);
        byte[] head = in.readNBytes(4);
        in.reset();
        if (head.length == 0) {
            throw ProblemException.of(ProblemCode.VALIDATION, "import.empty-file");
        }
        if (head.length == 4 && starts(head, 'P', 'K') && head[2] == 3 && head[3] == 4) {
            throw ProblemException.of(ProblemCode.VALIDATION, "import.spreadsheet");
        }
        boolean utf16 = head.length >= 2 && (starts(head, 0xFF, 0xFE) || starts(head, 0xFE, 0xFF));
        if (utf16) {
            throw ProblemException.of(ProblemCode.VALIDATION, "import.utf16");
        }
    }

    private static boolean starts(byte[] head, int first, int second) {
        return (head[0] & 0xFF) == first && (head[1] & 0xFF) == second;
    }

    private void read(InputStream in) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        boolean end = false;
        while (!end) {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = count < 0;
            bytes.position(bytes.position() + Math.max(count, 0)).flip();
            CoderResult result;
            do {
                result = decoder.decode(bytes, chars, end);
                countLines(chars);
                if (result.isError()) {
                    throw ProblemException.of(ProblemCode.VALIDATION, "import.encoding", line, name);
                }
            } while (result.isOverflow());
            bytes.compact();
        }
    }

    private void countLines(CharBuffer chars) {
        chars.flip();
        while (chars.hasRemaining()) {
            if (chars.get() == '\n') {
                line++;
            }
        }
        chars.clear();
    }
}
