package io.relata.tenantadmin.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/// The two cookies of this service, out of reach of scripts and of other sites' requests.
final class Cookies {
    static final String SESSION = "relata_operator";
    static final String SIGNING_IN = "relata_operator_signin";

    private static final int UNTIL_BROWSER_CLOSES = -1;
    private static final int GONE = 0;

    private final boolean secure;

    Cookies(boolean secure) {
        this.secure = secure;
    }

    void set(HttpServletResponse response, String name, String value) {
        response.addCookie(cookie(name, value, UNTIL_BROWSER_CLOSES));
    }

    void clear(HttpServletResponse response, String name) {
        response.addCookie(cookie(name, "", GONE));
    }

    static Optional<String> read(HttpServletRequest request, String name) {
        if (request.getCookies() == null) {
            return Optional.empty();
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private Cookie cookie(String name, String value, int maxAge) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setMaxAge(maxAge);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }
}
