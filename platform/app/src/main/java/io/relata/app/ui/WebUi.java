package io.relata.app.ui;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Set;

/// The UI's files. Its pages have addresses of their own that exist in the browser only: each is answered with
/// the one page that draws them all.
public final class WebUi {

    private static final String PAGE = "/index.html";

    /// The build puts a hash of the content into these files' names: they never change.
    private static final String HASHED = "/assets/";

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    /// What else answers under its own address, and must say "not found" in its own way.
    private static final Set<String> NOT_UI = Set.of("api", "auth", "x", "WEB-INF", "META-INF");

    /// Returns whether the request is for a file or page of the UI.
    boolean serves(HttpServletRequest request) {
        String path = path(request);
        String first = path.split("/", 3)[1];
        return METHODS.contains(request.getMethod())
                && !NOT_UI.contains(first)
                && (isFile(request.getServletContext(), path)
                        || (wantsPage(request) && isFile(request.getServletContext(), PAGE)));
    }

    void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        if (path.equals(PAGE) || !isFile(request.getServletContext(), path)) {
            response.setHeader("Cache-Control", "no-cache");
            request.getRequestDispatcher(PAGE).forward(request, response);
            return;
        }
        response.setHeader(
                "Cache-Control", path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
        chain.doFilter(request, response);
    }

    /// Returns the address within the application, decoded once, as the server routes by it.
    static String path(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return path.startsWith("/") ? path : "/" + path;
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static boolean isFile(ServletContext context, String path) {
        try {
            return !path.endsWith("/") && context.getResource(path) != null;
        } catch (MalformedURLException notAPath) {
            return false;
        }
    }
}
