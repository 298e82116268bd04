package io.relata.app.view;

import io.relata.core.view.Kept;
import io.relata.spi.CallContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/// How what people keep is answered.
final class KeptBody {

    private KeptBody() {}

    static Map<String, Object> of(Kept kept, CallContext context) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", kept.id());
        body.put("name", kept.name());
        body.put("shared", kept.shared());
        body.put("owner", kept.owner());
        body.put("changeable", kept.changeableBy(context));
        body.put("definition", kept.definition());
        return body;
    }

    static Response answer(Response.ResponseBuilder answer, Object body) {
        return answer.entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
