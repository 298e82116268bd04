package io.relata.core.odata;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.ex.ODataException;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.core.uri.parser.UriParserSemanticException;

/// Says what is wrong with a query, and where.
final class Refusal {

    private Refusal() {}

    /// Refuses for a reason that needs no place.
    static ProblemException of(String reason, Object... arguments) {
        return ProblemException.of(ProblemCode.INVALID_QUERY, reason, arguments);
    }

    /// Refuses an option as a whole.
    static ProblemException of(String reason, QueryOption option, Object... further) {
        Object[] arguments = new Object[further.length + 1];
        arguments[0] = option.text();
        System.arraycopy(further, 0, arguments, 1, further.length);
        return new ProblemException(
                ProblemCode.INVALID_QUERY, reason, List.of(arguments), List.of(), Map.of("option", option.text()));
    }

    /// Refuses what the parser could not read, or a name or type that does not fit.
    static ProblemException of(ODataException cause, QueryOption option, PlacedTokenizer tokenizer) {
        boolean semantic = cause instanceof ODataLibraryException library
                && library.getMessageKey() instanceof UriParserSemanticException.MessageKeys;
        if (!semantic) {
            return placed("query-syntax", option, tokenizer.end());
        }
        return switch ((UriParserSemanticException.MessageKeys) ((ODataLibraryException) cause).getMessageKey()) {
            case EXPRESSION_PROPERTY_NOT_IN_TYPE,
                    PROPERTY_NOT_IN_TYPE,
                    UNKNOWN_PART,
                    FUNCTION_NOT_FOUND,
                    UNKNOWN_TYPE -> named("query-unknown-name", option, tokenizer);
            case IS_PROPERTY -> named("query-name-taken", option, tokenizer);
            case TYPES_NOT_COMPATIBLE -> placed("query-type-mismatch", option, tokenizer.end());
            default -> placed("query-syntax", option, tokenizer.end());
        };
    }

    /// Refuses at a place in the option, counted from 1.
    static ProblemException placed(String reason, QueryOption option, int position) {
        return new ProblemException(
                ProblemCode.INVALID_QUERY,
                reason,
                List.of(option.text(), position),
                List.of(),
                Map.of("option", option.text(), "position", position));
    }

    private static ProblemException named(String reason, QueryOption option, PlacedTokenizer tokenizer) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("option", option.text());
        extras.put("position", tokenizer.start());
        extras.put("name", tokenizer.last());
        return new ProblemException(
                ProblemCode.INVALID_QUERY,
                reason,
                List.of(option.text(), tokenizer.start(), tokenizer.last()),
                List.of(),
                extras);
    }
}
