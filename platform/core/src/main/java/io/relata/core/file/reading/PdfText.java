package io.relata.core.file.reading;

import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/// The text of a PDF in the order in which its pages show it. Scanned pages have none.
final class PdfText {

    private PdfText() {}

    static void read(InputStream content, Words words) throws IOException {
        try (PDDocument document = Loader.loadPDF(new RandomAccessReadBuffer(content))) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.writeText(document, words);
        }
    }
}
