package io.relata.app.signin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where to go after sign-in: a page of ours, whatever the link says.
final class ReturnPath {

    static final String HOME = "/";

    private static final int MAX_LENGTH = 1000;

    /// One slash, then no slash or backslash: browsers read `//host` and `/\host` as another site. No control
    /// characters, which they drop; nothing that is not a page.
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

    private static final Pattern NOT_A_PAGE = Pattern.compile("/(api|auth|x|health)(/.*|\\?.*)?");

    private ReturnPath() {}

    static String safe(@Nullable String wanted) {
        if (wanted == null || wanted.length() > MAX_LENGTH) {
            return HOME;
        }
        boolean page =
                LOCAL.matcher(wanted).matches() && !NOT_A_PAGE.matcher(wanted).matches();
        return page ? wanted : HOME;
    }
}
