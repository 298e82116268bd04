package io.relata.app.ui;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a browser is told about every answer: run our scripts only, load and send nothing elsewhere, be framed by
/// nobody, guess no types.
public final class SecurityHeaders {

    private final Map<String, String> headers = new LinkedHashMap<>();

    /// Fixes the headers for this installation.
    ///
    /// @param signInOrigin where a form may lead besides ourselves: signing out goes on to Keycloak
    /// @param secure       whether browsers reach us over TLS, and are to insist on it
    public SecurityHeaders(String signInOrigin, boolean secure) {
        headers.put(
                "Content-Security-Policy",
                String.join(
                        "; ",
                        "default-src 'none'",
                        "script-src 'self'",
                        // The UI's component library puts its styles into the page at run time.
                        "style-src 'self' 'unsafe-inline'",
                        "img-src 'self' data:",
                        "font-src 'self'",
                        "connect-src 'self'",
                        "manifest-src 'self'",
                        "base-uri 'none'",
                        "frame-ancestors 'none'",
                        ("form-action 'self' " + signInOrigin).strip()));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        if (secure) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    void set(HttpServletResponse response) {
        headers.forEach(response::setHeader);
    }
}
