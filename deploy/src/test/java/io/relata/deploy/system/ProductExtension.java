package io.relata.deploy.system;

import io.relata.deploy.Progress;
import io.relata.deploy.RunningProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the product once for all tests and hands it to their constructors.
///
/// What its server asked of the database is read after each class of tests: a statement that names no tenant fails it.
///
/// With the system property `relata.home` the tests use the product that already runs from that directory.
final class ProductExtension implements ParameterResolver, AfterAllCallback {

    private static final int PORTS = 5;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Product resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(ProductExtension.class))
                .computeIfAbsent("product", ignored -> Started.now(), Started.class)
                .product;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Started started = context.getRoot()
                .getStore(Namespace.create(ProductExtension.class))
                .get("product", Started.class);
        if (started != null) {
            started.statements.ifPresent(StatementLog::check);
        }
    }

    /// Stops what it started when the last test is over.
    ///
    /// @param statements empty where the product is not the tests' own: its settings stay as they are
    private record Started(Product product, Optional<StatementLog> statements) implements AutoCloseable {

        static Started now() {
            try (Progress progress = new Progress(Product.OUTPUT)) {
                String home = System.getProperty("relata.home", "");
                if (!home.isEmpty()) {
                    return new Started(Product.at(Path.of(home)), Optional.empty());
                }
                Path fresh = Path.of("target", "product").toAbsolutePath();
                RunningProduct.start(
                        RunningProduct.Settings.forTests(
                                fresh, Path.of("target", "dist").toAbsolutePath(), freePorts()),
                        progress);
                Product product = Product.at(fresh);
                return new Started(product, Optional.of(StatementLog.begin(product)));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        /// Finds neighbouring ports that nobody uses.
        private static int freePorts() throws IOException {
            for (int base = 27_000; base < 32_000; base += PORTS) {
                if (allFree(base)) {
                    return base;
                }
            }
            throw new IOException("No " + PORTS + " neighbouring ports are free");
        }

        private static boolean allFree(int base) {
            for (int port = base; port < base + PORTS; port++) {
                try (ServerSocket socket = new ServerSocket(port)) {
                    socket.setReuseAddress(true);
                } catch (IOException taken) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            if (statements.isPresent()) {
                try (Progress progress = new Progress(Product.OUTPUT)) {
                    product.start().stop(progress);
                }
            }
        }
    }
}
