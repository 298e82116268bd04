package io.relata.app.json;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Refuses a body as soon as more than the limit has been read of it.
public final class LimitedInput extends FilterInputStream {

    private final long limit;
    private long read;

    public LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) {
        read += bytes;
        if (read > limit) {
            throw ProblemException.of(ProblemCode.TOO_LARGE, "too-large", limit);
        }
    }
}
