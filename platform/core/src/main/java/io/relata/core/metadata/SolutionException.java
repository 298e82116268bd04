package io.relata.core.metadata;

import java.util.List;

/// A plugin's solution files cannot be used; the message names every mistake, one a line.
public final class SolutionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SolutionException(String file, List<String> mistakes) {
        super(file + ":\n  " + String.join("\n  ", mistakes));
    }
}
