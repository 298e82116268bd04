package io.relata.tenantadmin.signin;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Signs operators' browsers in and out, under /auth.
public final class SignInServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(SignInServlet.class.getName());

    /// A path of our own: never `//host` or `/\host`, which browsers take for another site.
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/_.?=&%-]{0,500}");

    private final transient Sessions sessions;
    private final transient Cookies cookies;

    public SignInServlet(Sessions sessions, boolean secureCookies) {
        this.sessions = sessions;
        this.cookies = new Cookies(secureCookies);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (String.valueOf(request.getPathInfo())) {
                case "/login" -> depart(request, response);
                case "/callback" -> arrive(request, response);
                case "/switch" ->
                    response.sendRedirect(sessions.signOutWithoutSession().toString());
                default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        } catch (SignInUnavailableException unavailable) {
            LOG.log(Level.WARNING, "Nobody can sign in", unavailable);
            response.sendRedirect("/refused.html?reason=unavailable");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"/logout".equals(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Optional<String> name = Cookies.read(request, Cookies.SESSION);
        String csrf = request.getHeader(OperatorFilter.CSRF_HEADER);
        boolean own = name.flatMap(sessions::find)
                .filter(session -> csrf != null && Constant.equal(session.csrfToken(), csrf))
                .isPresent();
        if (!own) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String location = sessions.end(name.orElseThrow()).toString();
        cookies.clear(response, Cookies.SESSION);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(Json.createObjectBuilder()
                        .add("location", location)
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void depart(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String language = "zh-CN".equals(request.getParameter("lang")) ? "zh-CN" : "en";
        Sessions.Departure departure = sessions.depart(ownPath(request.getParameter("return")), language);
        cookies.set(response, Cookies.SIGNING_IN, departure.browser());
        response.sendRedirect(departure.location().toString());
    }

    private void arrive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Sessions.Arrival arrival = sessions.arrive(
                Cookies.read(request, Cookies.SIGNING_IN).orElse(""),
                parameter(request, "state"),
                parameter(request, "code"));
        cookies.clear(response, Cookies.SIGNING_IN);
        switch (arrival) {
            case Sessions.Arrival.SignedIn in -> {
                Cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
                cookies.set(response, Cookies.SESSION, in.session());
                response.sendRedirect(in.returnTo());
            }
            case Sessions.Arrival.NotAnOperator refused -> response.sendRedirect("/refused.html?reason=not-operator");
            case Sessions.Arrival.Failed failed -> response.sendRedirect("/refused.html?reason=failed");
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    static String ownPath(@Nullable String wanted) {
        return wanted != null && OWN_PATH.matcher(wanted).matches() ? wanted : "/";
    }
}
