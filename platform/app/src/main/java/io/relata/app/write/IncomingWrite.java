package io.relata.app.write;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.replay.RequestAnswers;
import jakarta.enterprise.context.RequestScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The request at hand, as far as its repetition must be recognised.
@RequestScoped
public class IncomingWrite {

    /// The header that makes a request safe to be sent again.
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private @Nullable String key;
    private String head = "";
    private @Nullable MessageDigest digest;

    /// Says that the request has a key.
    ///
    /// @param said what the request says besides its body
    /// @return the body, to be read instead of the one given
    InputStream begin(String chosen, String said, InputStream body) {
        if (!KEY.matcher(chosen).matches()) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "idempotency-key-invalid");
        }
        key = chosen;
        head = said;
        digest = sha256();
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        return new DigestInputStream(body, digest);
    }

    /// Returns the request's key; `null` when it has none. To be asked when the body has been read.
    public RequestAnswers.@Nullable Key key() {
        return key == null || digest == null ? null : new RequestAnswers.Key(key, hex(digest));
    }

    /// Returns the key of a request whose body is never twice the same, as a form's with its boundary.
    ///
    /// @param content what the body says
    public RequestAnswers.@Nullable Key key(byte[] content) {
        return key == null ? null : new RequestAnswers.Key(key, fingerprint(head, content));
    }

    private static String hex(MessageDigest running) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) running.clone()).digest());
        } catch (CloneNotSupportedException exception) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned", exception);
        }
    }

    /// Returns the fingerprint of a request that is part of another.
    public static String fingerprint(String head, byte[] body) {
        MessageDigest digest = sha256();
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java has SHA-256", exception);
        }
    }
}
