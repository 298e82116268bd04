package io.relata.core.odata;

import java.io.IOException;
import java.io.OutputStream;

/// The JSON of an answer, written as it is made. Everything that can be refused has been before: writing fails only
/// when the receiver is gone.
@FunctionalInterface
public interface ODataBody {

    void writeTo(OutputStream out) throws IOException;
}
