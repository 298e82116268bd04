package io.relata.core.file.reading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The words in documents, sheets and slides of Office Open XML (ISO/IEC 29500) and in OpenDocument texts
/// (ISO/IEC 26300): the characters of the parts that hold what people wrote.
final class OfficeText {

    private static final Pattern PARTS = Pattern.compile(
            "word/(document|footnotes|endnotes|comments|header\\d*|footer\\d*)\\.xml"
                    + "|xl/sharedStrings\\.xml|xl/worksheets/[^/]+\\.xml|ppt/(slides|notesSlides)/[^/]+\\.xml|content\\.xml");

    /// Behind which a word ends.
    private static final Set<String> ENDS =
            Set.of("p", "h", "tc", "si", "c", "is", "tab", "br", "cr", "s", "line-break");

    /// Of what is unpacked of one file.
    private static final long MOST_UNPACKED = 200L << 20;

    private OfficeText() {}

    static void read(InputStream content, Words words) throws IOException {
        ZipInputStream zip = new ZipInputStream(content);
        Unpacked unpacked = new Unpacked(zip);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (PARTS.matcher(entry.getName()).matches()) {
                part(unpacked, words);
                words.space();
            }
        }
    }

    /// A sheet's calculations are no words; nor are the numbers by which its cells name texts that they share.
    private static void part(InputStream content, Words words) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(content);
            boolean shared = false;
            boolean wordsHere = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = xml.getLocalName();
                    shared = name.equals("c") ? "s".equals(xml.getAttributeValue(null, "t")) : shared;
                    wordsHere = !name.equals("f") && !(name.equals("v") && shared);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    wordsHere = true;
                    if (ENDS.contains(xml.getLocalName())) {
                        words.space();
                    }
                } else if (wordsHere && event == XMLStreamConstants.CHARACTERS) {
                    words.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                }
            }
        } catch (XMLStreamException exception) {
            throw exception.getNestedException() instanceof IOException cause ? cause : new IOException(exception);
        }
    }

    /// What has been unpacked, up to a limit; stays open between parts.
    private static final class Unpacked extends FilterInputStream {

        private long left = MOST_UNPACKED;

        Unpacked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("More is packed than is read");
            }
        }

        @Override
        public void close() {
            // The next part follows.
        }
    }
}
