package io.relata.core.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.spi.CallContext;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Files for tests.
public final class TestFiles {

    private TestFiles() {}

    /// Sends a file, as a caller does before it saves the record.
    public static StoredFile add(TestEngine engine, CallContext call, String name, byte[] content) throws IOException {
        FileService files = engine.relata().fileService();
        StoredFile file = files.receive(call, name, new ByteArrayInputStream(content));
        engine.relata().transactions().call(call, sql -> {
            files.add(sql, call, file);
            return file;
        });
        return file;
    }

    /// Returns an image whose upper left quarter is red, the rest blue.
    public static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height / 2);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /// Returns the file as the API shows it.
    public static String json(StoredFile file) {
        return JsonMapper.builder().build().valueToTree(file.value()).toString();
    }
}
