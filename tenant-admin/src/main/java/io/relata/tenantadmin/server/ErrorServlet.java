package io.relata.tenantadmin.server;

import io.relata.tenantadmin.problem.Messages;
import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.Problems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Answers what nobody else answered, and shows nothing of what went wrong inside.
final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(ErrorServlet.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UUID instance = UUID.randomUUID();
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            LOG.log(Level.SEVERE, "Request " + instance + " failed", failure);
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        response.setContentType(Problems.MEDIA_TYPE);
        response.getOutputStream()
                .write(Problems.render(
                                ProblemCode.ofStatus(status),
                                List.of(),
                                Messages.negotiate(request.getHeader("Accept-Language")),
                                instance)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }
}
