package io.relata.core.outgoing;

/// A request that was not answered.
public final class OutgoingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    OutgoingException(Reason reason, Throwable cause) {
        super(reason.code(), cause);
        this.reason = reason;
    }

    /// Why there was no answer.
    public enum Reason {
        /// The host has an address that requests may not go to.
        REFUSED("address-refused"),
        /// The host has no address.
        UNKNOWN_HOST("unknown-host"),
        /// Nobody listens there.
        NO_CONNECTION("no-connection"),
        /// The certificate is not valid for the host, or is not trusted.
        TLS("tls"),
        TIMEOUT("timeout"),
        /// The connection broke, or what came back is no HTTP.
        BROKEN("broken");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public Reason reason() {
        return reason;
    }
}
