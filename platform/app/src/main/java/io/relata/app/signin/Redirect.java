package io.relata.app.signin;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/// Where a browser is sent next, and the cookies it gets on the way.
record Redirect(URI location, List<String> cookies) {

    static Redirect to(String location, String... cookies) {
        return new Redirect(URI.create(location), List.of(cookies));
    }

    Response response() {
        Response.ResponseBuilder response = Response.seeOther(location).header(HttpHeaders.CACHE_CONTROL, "no-store");
        cookies.forEach(cookie -> response.header(HttpHeaders.SET_COOKIE, cookie));
        return response.build();
    }
}
