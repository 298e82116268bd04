package io.relata.app.signin;

import io.relata.app.wiring.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// On one's own machine `127.0.0.1` and `localhost` are one server but two sites to a browser: a sign-in begun
/// under the one would not find its cookie under the other.
final class LoopbackName {

    private static final Set<String> NUMBERS = Set.of("127.0.0.1", "[::1]");

    private LoopbackName() {}

    /// Returns where to begin the sign-in instead.
    static Optional<Redirect> correct(Settings settings, @Nullable String host, @Nullable String returnPath) {
        boolean number = host != null && NUMBERS.contains(host.replaceFirst(":\\d+$", ""));
        if (!number || !"localhost".equals(settings.publicUrl().getHost())) {
            return Optional.empty();
        }
        String path = URLEncoder.encode(ReturnPath.safe(returnPath), StandardCharsets.UTF_8);
        return Optional.of(Redirect.to(settings.page("/auth/login?return=" + path)));
    }
}
