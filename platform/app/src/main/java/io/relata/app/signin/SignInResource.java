package io.relata.app.signin;

import io.relata.app.identity.Admission;
import io.relata.app.identity.CurrentCall;
import io.relata.app.identity.InvalidTokenException;
import io.relata.app.identity.Languages;
import io.relata.app.identity.SameSite;
import io.relata.app.wiring.Settings;
import io.relata.core.session.Device;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The pages under `/auth`.
@Dependent
@Path("/")
public class SignInResource {

    private final Settings settings;
    private final SignInParts parts;
    private final CurrentCall call;

    @SuppressWarnings("NullAway.Init")
    @Context
    HttpServletRequest http;

    @Inject
    public SignInResource(Settings settings, SignInParts parts, CurrentCall call) {
        this.settings = settings;
        this.parts = parts;
        this.call = call;
    }

    @GET
    @Path("login")
    public Response login(@QueryParam("return") @Nullable String returnPath, @Context HttpHeaders headers) {
        Optional<Redirect> elsewhere = LoopbackName.correct(settings, headers.getHeaderString("Host"), returnPath);
        return elsewhere
                .orElseGet(() -> parts.signIn().begin(returnPath, call.locale(), cookies(headers)))
                .response();
    }

    @GET
    @Path("callback")
    public Response callback(
            @QueryParam("code") @Nullable String code,
            @QueryParam("state") @Nullable String state,
            @QueryParam("error") @Nullable String error,
            @QueryParam("error_description") @Nullable String description,
            @Context HttpHeaders headers) {
        Admission.Request request = new Admission.Request(
                call.requestId(), Languages.accepted(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
        return parts.signIn()
                .finish(new SignIn.Answer(code, state, error, description), request, client(headers), cookies(headers))
                .response();
    }

    @POST
    @Path("logout")
    public Response logout(@Context HttpHeaders headers) {
        Redirect out = parts.signOut()
                .signOut(
                        cookies(headers),
                        headers.getHeaderString(SameSite.HEADER),
                        headers.getHeaderString("Origin"),
                        client(headers));
        Response.ResponseBuilder response = Response.ok(
                        Map.of("location", out.location().toString()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        out.cookies().forEach(cookie -> response.header(HttpHeaders.SET_COOKIE, cookie));
        return response.build();
    }

    @POST
    @Path("switch-account")
    public Response switchAccount(@Context HttpHeaders headers) {
        return parts.signOut()
                .switchAccount(cookies(headers), headers.getHeaderString("Origin"), client(headers))
                .response();
    }

    @POST
    @Path("backchannel-logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response backchannelLogout(@FormParam("logout_token") @Nullable String token) {
        Response.ResponseBuilder response;
        try {
            parts.signOut().byKeycloak(token == null ? "" : token);
            response = Response.ok();
        } catch (InvalidTokenException invalid) {
            response = Response.status(Response.Status.BAD_REQUEST);
        }
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @GET
    @Path("refused")
    public Response refused(@QueryParam("reason") @Nullable String reason, @Context HttpHeaders headers) {
        Refusal refusal = Refusal.named(reason);
        return Response.status(refusal.status())
                .type(MediaType.TEXT_HTML + ";charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(parts.refusedPage(refusal, cookies(headers), call.locale()))
                .build();
    }

    private SignInTrail.Client client(HttpHeaders headers) {
        return new SignInTrail.Client(
                call.requestId(), new Device(http.getRemoteAddr(), headers.getHeaderString(HttpHeaders.USER_AGENT)));
    }

    private static Map<String, String> cookies(HttpHeaders headers) {
        return headers.getCookies().values().stream()
                .collect(Collectors.toMap(Cookie::getName, Cookie::getValue, (first, second) -> first));
    }
}
