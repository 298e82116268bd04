package io.relata.core.imports;

import io.relata.core.job.JobFiles;
import java.nio.file.Path;
import java.util.UUID;

/// A file on disk that belongs to no job yet. Closing it removes the file, unless a job has taken it over.
public final class ImportUpload implements AutoCloseable {

    private final JobFiles files;
    private final UUID tenant;
    private final String key;
    private boolean kept;

    ImportUpload(JobFiles files, UUID tenant, String key) {
        this.files = files;
        this.tenant = tenant;
        this.key = key;
    }

    String key() {
        return key;
    }

    Path path() {
        return files.path(tenant, key);
    }

    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (!kept) {
            files.delete(tenant, key);
        }
    }
}
