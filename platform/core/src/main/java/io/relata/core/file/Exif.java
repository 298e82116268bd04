package io.relata.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads how the camera was held from the head of a JPEG: Exif's orientation, 1 to 8.
final class Exif {

    private static final int UPRIGHT = 1;
    private static final int HEAD = 64 * 1024;
    private static final int APPLICATION = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;
    private static final long EXIF = 0x4578_6966_0000L;

    private Exif() {}

    /// Returns the orientation; 1 when nothing is said.
    static int orientation(InputStream content) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(content.readNBytes(HEAD));
        try {
            return head.getShort() == (short) 0xFFD8 ? segments(head) : UPRIGHT;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return UPRIGHT;
        }
    }

    private static int segments(ByteBuffer head) {
        while (true) {
            int marker = head.getShort() & 0xFFFF;
            if (marker == START_OF_SCAN) {
                return UPRIGHT;
            }
            int length = head.getShort() & 0xFFFF;
            int next = head.position() + length - 2;
            if (marker == APPLICATION && length > 8 && isExif(head)) {
                return directory(head.slice(head.position() + 6, length - 8));
            }
            head.position(next);
        }
    }

    private static boolean isExif(ByteBuffer head) {
        long name = head.getLong(head.position()) >>> 16;
        return name == EXIF;
    }

    private static int directory(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int value = tiff.getShort(entry + 8);
                return value >= UPRIGHT && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
