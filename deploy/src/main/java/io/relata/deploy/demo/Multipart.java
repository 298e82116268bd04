package io.relata.deploy.demo;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;

/// A form with a JSON part and a file part.
record Multipart(String boundary, BodyPublisher publisher) {

    static Multipart of(String jsonPart, String json, String filePart, Path file) throws IOException {
        String boundary = "relata-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"" + jsonPart + "\"\r\n"
                + "Content-Type: application/json\r\n\r\n"
                + json + "\r\n--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"" + filePart + "\"; filename=\"" + file.getFileName()
                + "\"\r\nContent-Type: text/csv\r\n\r\n";
        return new Multipart(
                boundary,
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }
}
