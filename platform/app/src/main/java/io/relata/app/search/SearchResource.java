package io.relata.app.search;

import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.search.GlobalSearch;
import io.relata.core.search.SearchResult;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks for words in all entities at once.
@Dependent
@Path("search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

    private static final int TOP = 5;
    private static final int MAX_TOP = 50;
    private static final int MAX_LENGTH = 500;

    private final CurrentCall call;
    private final GlobalSearch search;

    @Inject
    public SearchResource(CurrentCall call, GlobalSearch search) {
        this.call = call;
        this.search = search;
    }

    @GET
    public Response search(
            @QueryParam("q") @Nullable String text,
            @QueryParam("entities") @Nullable String entities,
            @QueryParam("top") @Nullable String top,
            @QueryParam("after") @Nullable String after) {
        if (text == null || text.length() > MAX_LENGTH) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "search-text", MAX_LENGTH);
        }
        List<String> sets = entities == null
                ? List.of()
                : Stream.of(entities.split(",")).map(String::strip).toList();
        int most = (int) Numbers.read("top", top, TOP, 1, MAX_TOP);
        SearchResult result = search.search(call.context(), new GlobalSearch.Wish(text, sets, most, after));
        return Response.ok(body(result), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, Object> body(SearchResult result) {
        return Map.of(
                "misspelt", result.misspelt(),
                "complete", result.complete(),
                "value", result.groups().stream().map(SearchResource::group).toList());
    }

    private static Map<String, Object> group(SearchResult.Group group) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", group.entity().name());
        body.put("set", group.entity().setName());
        body.put("count", group.count());
        body.put("exact", group.exact());
        body.put("hits", group.hits().stream().map(SearchResource::hit).toList());
        if (group.next() != null) {
            body.put("next", group.next());
        }
        return body;
    }

    private static Map<String, Object> hit(SearchResult.Hit hit) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", hit.id().toString());
        body.put("name", hit.name());
        body.put("marks", marks(hit.marks()));
        SearchResult.Snippet snippet = hit.snippet();
        if (snippet != null) {
            body.put(
                    "snippet",
                    Map.of("field", snippet.field().name(), "text", snippet.text(), "marks", marks(snippet.marks())));
        }
        return body;
    }

    private static List<List<Integer>> marks(List<SearchResult.Mark> marks) {
        return marks.stream().map(mark -> List.of(mark.start(), mark.length())).toList();
    }
}
