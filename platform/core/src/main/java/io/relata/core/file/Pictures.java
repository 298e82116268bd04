package io.relata.core.file;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Makes images small. Nothing of what the camera wrote besides the image goes along, but the image stands upright.
final class Pictures {

    /// More are not decoded: few bytes can say that they are a great many pixels.
    private static final long MOST_PIXELS = 60_000_000;

    private Pictures() {}

    /// How wide and high an image is.
    record Size(int width, int height) {

        boolean tooGreat() {
            return (long) width * height > MOST_PIXELS;
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(ImageReader reader) throws IOException;
    }

    /// Returns the size, from the image's head; nothing when Java cannot read such images.
    static Optional<Size> size(InputStream content) throws IOException {
        return read(content, reader -> new Size(reader.getWidth(0), reader.getHeight(0)));
    }

    /// Returns the image as a PNG that fits into a square; nothing when it cannot or should not be read.
    ///
    /// @param orientation as [Exif] says
    static Optional<byte[]> small(InputStream content, int edge, int orientation) throws IOException {
        return read(content, reader -> {
                    Size size = new Size(reader.getWidth(0), reader.getHeight(0));
                    if (size.tooGreat()) {
                        return Optional.<byte[]>empty();
                    }
                    int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * edge));
                    ImageReadParam every = reader.getDefaultReadParam();
                    every.setSourceSubsampling(step, step, 0, 0);
                    return Optional.of(png(upright(reader.read(0, every), edge, orientation)));
                })
                .flatMap(found -> found);
    }

    private static <T> Optional<T> read(InputStream content, Work<T> work) throws IOException {
        try (ImageInputStream image = ImageIO.createImageInputStream(content)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(image, true, true);
                return Optional.of(work.with(reader));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    private static BufferedImage upright(BufferedImage image, int edge, int orientation) {
        boolean lying = orientation >= 5;
        double scale = Math.min(1, (double) edge / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small =
                new BufferedImage(lying ? height : width, lying ? width : height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = small.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            AffineTransform place = turned(orientation, width, height);
            place.scale((double) width / image.getWidth(), (double) height / image.getHeight());
            graphics.drawImage(image, place, null);
        } finally {
            graphics.dispose();
        }
        return small;
    }

    /// The eight ways in which a camera can be held, as Exif numbers them.
    private static AffineTransform turned(int orientation, double width, double height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
