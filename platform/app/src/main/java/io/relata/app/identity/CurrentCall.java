package io.relata.app.identity;

import io.relata.spi.CallContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The request being answered: its id, its language, and (once admitted) its caller.
@RequestScoped
public class CurrentCall {

    private String requestId = "";
    private Locale locale = Languages.ENGLISH;
    private @Nullable Caller caller;

    public String requestId() {
        return requestId;
    }

    public Locale locale() {
        return locale;
    }

    /// Returns the caller.
    ///
    /// @throws IllegalStateException when nobody has been admitted: the route lacks the filter
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("Nobody has been admitted");
        }
        return caller;
    }

    public CallContext context() {
        return caller().context();
    }

    /// Says what is known of every request.
    public void begin(String id, Locale language) {
        requestId = id;
        locale = language;
    }

    /// Says in what language to answer.
    public void speak(Locale language) {
        locale = language;
    }

    void admit(Caller admitted) {
        caller = admitted;
        locale = admitted.context().locale();
    }
}
