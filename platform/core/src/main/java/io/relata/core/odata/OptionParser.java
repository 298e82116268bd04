package io.relata.core.odata;

import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.api.ex.ODataException;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.uri.queryoption.ApplyItem;
import org.apache.olingo.server.api.uri.queryoption.ExpandItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.core.uri.parser.ApplyParser;
import org.apache.olingo.server.core.uri.parser.ExpandParser;
import org.apache.olingo.server.core.uri.parser.FilterParser;
import org.apache.olingo.server.core.uri.parser.OrderByParser;
import org.apache.olingo.server.core.uri.parser.SelectParser;
import org.apache.olingo.server.core.uri.parser.UriTokenizer;

/// Olingo's parsers, one option at a time, on a tokenizer that knows where a mistake stands.
final class OptionParser {

    private final Edm edm;
    private final OData odata;

    OptionParser(Edm edm, OData odata) {
        this.edm = edm;
        this.odata = odata;
    }

    Expression filter(String text, EdmStructuredType type) {
        return parse(
                QueryOption.FILTER,
                text,
                tokenizer -> new FilterParser(edm, odata)
                        .parse(tokenizer, type, List.of(), Map.of())
                        .getExpression());
    }

    List<OrderByItem> orderBy(String text, EdmStructuredType type) {
        return parse(
                QueryOption.ORDERBY,
                text,
                tokenizer -> new OrderByParser(edm, odata)
                        .parse(tokenizer, type, List.of(), Map.of())
                        .getOrders());
    }

    List<SelectItem> select(String text, EdmStructuredType type) {
        return parse(
                QueryOption.SELECT,
                text,
                tokenizer -> new SelectParser(edm).parse(tokenizer, type, true).getSelectItems());
    }

    List<ExpandItem> expand(String text, EdmStructuredType type) {
        return parse(
                QueryOption.EXPAND,
                text,
                tokenizer -> new ExpandParser(edm, odata, Map.of(), List.of())
                        .parse(tokenizer, type)
                        .getExpandItems());
    }

    List<ApplyItem> apply(String text, EdmStructuredType type) {
        return parse(
                QueryOption.APPLY,
                text,
                tokenizer -> new ApplyParser(edm, odata)
                        .parse(tokenizer, type, List.of(), Map.of())
                        .getApplyItems());
    }

    @FunctionalInterface
    private interface Parse<T> {
        T with(UriTokenizer tokenizer) throws ODataException;
    }

    /// The parser answers some malformed texts with an exception of its own inner workings.
    private static <T> T parse(QueryOption option, String text, Parse<T> parse) {
        PlacedTokenizer tokenizer = new PlacedTokenizer(text.strip());
        T parsed;
        try {
            parsed = parse.with(tokenizer);
        } catch (ODataException exception) {
            throw Refusal.of(exception, option, tokenizer);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Refusal.placed("query-syntax", option, tokenizer.end());
        }
        if (!tokenizer.next(UriTokenizer.TokenKind.EOF)) {
            throw Refusal.placed("query-syntax", option, tokenizer.end());
        }
        return parsed;
    }
}
