package io.relata.tenantadmin.server;

import io.relata.tenantadmin.tenant.Transactions;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Says whether this service can do its work, which needs the database.
final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(HealthServlet.class.getName());

    private final transient Transactions transactions;

    HealthServlet(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = isDatabaseUp();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(("{\"status\":\"" + (up ? "up" : "down") + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDatabaseUp() {
        try {
            transactions.call(entities -> entities.createQuery("select t.id from Tenant t", UUID.class)
                    .setMaxResults(1)
                    .getResultList());
            return true;
        } catch (PersistenceException down) {
            LOG.log(Level.FINE, "The database does not answer", down);
            return false;
        }
    }
}
