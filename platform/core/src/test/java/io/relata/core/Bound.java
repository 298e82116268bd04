package io.relata.core;

import java.util.regex.Pattern;

/// Statements as they are prepared in tests.
public final class Bound {

    private static final Pattern BINDING = Pattern.compile("^select relata\\.set_tenant\\([?, true]+\\); ");

    private Bound() {}

    /// Returns the statement without what binds it to its tenant and ends it.
    public static String statement(String prepared) {
        String bare = BINDING.matcher(prepared).replaceFirst("");
        return bare.endsWith("; commit") ? bare.substring(0, bare.length() - "; commit".length()) : bare;
    }
}
