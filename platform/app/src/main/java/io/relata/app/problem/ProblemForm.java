package io.relata.app.problem;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The forms in which a refusal is answered.
public enum ProblemForm {
    /// RFC 9457: for programs and for our own pages.
    PROBLEM(Problem.MEDIA_TYPE),

    /// OData's own.
    ODATA("application/json;odata.metadata=minimal;charset=utf-8");

    private final String mediaType;

    ProblemForm(String mediaType) {
        this.mediaType = mediaType;
    }

    /// Returns the form for a request to the OData service: OData's for those who show that they speak OData, by a
    /// version or by a parameter of a media type, and did not ask for ours.
    ///
    /// @param header gives the request's header with the name; `null` when there is none
    public static ProblemForm ofODataRequest(Function<String, @Nullable String> header) {
        String accept = header.apply("Accept");
        String accepted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        boolean speaksOData = header.apply("OData-MaxVersion") != null
                || header.apply("OData-Version") != null
                || accepted.contains("odata.");
        return speaksOData && !accepted.contains(Problem.MEDIA_TYPE) ? ODATA : PROBLEM;
    }

    public String mediaType() {
        return mediaType;
    }

    /// Returns the problem's body in this form.
    public Map<String, Object> body(Problem problem) {
        return switch (this) {
            case PROBLEM -> problem.body();
            case ODATA -> ODataError.body(problem);
        };
    }
}
