package io.relata.core.odata;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of JSON that a client asks for.
///
/// @param remarks         how much is said about the data besides the data
/// @param numbersAsText whether numbers that binary floating point cannot hold are written as texts
public record ODataFormat(Remarks remarks, boolean numbersAsText) {

    /// What is written unless something else is asked for.
    public static final ODataFormat USUAL = new ODataFormat(Remarks.MINIMAL, false);

    /// How much is said about the data.
    public enum Remarks {
        NONE,
        MINIMAL,
        FULL;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Returns the form that a header `Accept` asks for.
    ///
    /// @throws ProblemException NOT_ACCEPTABLE when it asks for nothing that we write
    public static ODataFormat accepted(@Nullable String accept) {
        if (accept == null || accept.isBlank() || accept.equals("application/json") || accept.equals("*/*")) {
            return USUAL;
        }
        return Arrays.stream(accept.split(",", -1))
                .map(ODataFormat::read)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_ACCEPTABLE, "not-acceptable"));
    }

    /// Returns the form that a media type says, or the short form `json`; empty for what we do not write.
    static Optional<ODataFormat> read(String text) {
        List<String> parts = Arrays.stream(text.split(";", -1))
                .map(part -> part.strip().toLowerCase(Locale.ROOT).replace("\"", ""))
                .toList();
        boolean json =
                List.of("json", "application/json", "application/*", "*/*").contains(parts.getFirst());
        Remarks remarks = Remarks.MINIMAL;
        boolean numbersAsText = false;
        for (String part : parts.subList(1, parts.size())) {
            String value = part.substring(part.indexOf('=') + 1);
            switch (part.substring(0, Math.max(part.indexOf('='), 0))) {
                case "odata.metadata", "metadata" -> {
                    Optional<Remarks> said = Arrays.stream(Remarks.values())
                            .filter(one -> one.text().equals(value))
                            .findFirst();
                    json = json && said.isPresent();
                    remarks = said.orElse(remarks);
                }
                case "ieee754compatible" -> numbersAsText = value.equals("true");
                default -> {}
            }
        }
        return json ? Optional.of(new ODataFormat(remarks, numbersAsText)) : Optional.empty();
    }

    /// Returns the media type that says what was written.
    public String mediaType() {
        return "application/json;odata.metadata=" + remarks.text()
                + (numbersAsText ? ";IEEE754Compatible=true" : "")
                + ";charset=utf-8";
    }
}
