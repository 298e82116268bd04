package io.relata.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.deploy.LauncherException;
import io.relata.deploy.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Loads a demo tenant's files through the platform's import.
record DemoImports(ApiClient platform, Progress progress) {

    private static final long POLL_MILLIS = 500;

    void run(String name, Path file, Path mapping) throws Exception {
        progress.during("Importing " + name, () -> {
            JsonNode job = platform.postMultipart(
                    "/api/v1/imports", Multipart.of("mapping", Files.readString(mapping), "file", file));
            report(name, finished(job.path("id").asText()));
            return name;
        });
    }

    private JsonNode finished(String id) throws Exception {
        while (true) {
            JsonNode job = platform.get("/api/v1/imports/" + id);
            switch (job.path("state").asText()) {
                case "done" -> {
                    return job;
                }
                case "queued", "running" -> TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                default -> throw new LauncherException("The demo's import failed: " + job + ".");
            }
        }
    }

    private void report(String name, JsonNode job) {
        int rejected = job.path("rejected").asInt();
        progress.say("  " + name + ": " + job.path("created").asInt() + " created, "
                + job.path("updated").asInt() + " updated" + (rejected > 0 ? ", " + rejected + " rejected" : ""));
    }
}
