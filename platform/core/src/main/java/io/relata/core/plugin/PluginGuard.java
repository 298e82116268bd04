package io.relata.core.plugin;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands between the platform and one plugin's extensions: sets the context class loader, times every call,
/// and names the plugin when it fails.
final class PluginGuard {

    private static final Logger LOG = LoggerFactory.getLogger(PluginGuard.class);
    private static final long SLOW_MILLIS = 200;

    private final String plugin;
    private final ClassLoader loader;
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    PluginGuard(String plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    long calls() {
        return calls.sum();
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.sum());
    }

    /// Returns the extension behind this guard.
    <T> T guard(Class<T> extensionPoint, T extension) {
        InvocationHandler handler = (proxy, method, arguments) -> call(extension, method, arguments);
        return extensionPoint.cast(
                Proxy.newProxyInstance(extensionPoint.getClassLoader(), new Class<?>[] {extensionPoint}, handler));
    }

    private @Nullable Object call(Object extension, Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        long start = System.nanoTime();
        thread.setContextClassLoader(loader);
        try {
            return method.invoke(extension, arguments);
        } catch (InvocationTargetException exception) {
            throw failure(extension, exception.getCause() == null ? exception : exception.getCause());
        } finally {
            thread.setContextClassLoader(before);
            count(extension, method, System.nanoTime() - start);
        }
    }

    private RuntimeException failure(Object extension, Throwable cause) {
        if (cause instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        LOG.error("Plugin {} failed in {}", plugin, extension.getClass().getName(), cause);
        ProblemException problem = ProblemException.of(ProblemCode.INTERNAL, "plugin-failed", plugin);
        problem.initCause(cause);
        return problem;
    }

    private void count(Object extension, Method method, long took) {
        calls.increment();
        nanos.add(took);
        long millis = TimeUnit.NANOSECONDS.toMillis(took);
        if (millis > SLOW_MILLIS) {
            LOG.warn(
                    "Plugin {} took {} ms in {}.{}",
                    plugin,
                    millis,
                    extension.getClass().getName(),
                    method.getName());
        }
    }
}
