package io.relata.core.file.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// The process that reads one file: its bytes come in by the standard input, its words go out by the standard output,
/// in
/// UTF-8. Ends with 0 when it has read them, also when there are none.
public final class Reading {

    private Reading() {}

    /// Reads the file.
    ///
    /// @param arguments the file's type, and how many characters are wanted
    public static void main(String[] arguments) throws IOException {
        Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
        read(arguments[0], System.in, new Words(out, Integer.parseInt(arguments[1])));
        out.flush();
    }

    static void read(String contentType, InputStream content, Words words) throws IOException {
        try {
            switch (contentType) {
                case Formats.PDF -> PdfText.read(content, words);
                case Formats.HTML -> HtmlText.read(content, words);
                default -> OfficeText.read(content, words);
            }
        } catch (Words.EnoughException enough) {
            // As much as is wanted has been written.
        }
    }
}
