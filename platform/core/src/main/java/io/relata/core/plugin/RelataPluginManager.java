package io.relata.core.plugin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.JarPluginRepository;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PF4J, shaped by its factory methods alone: jars only, described by their manifests, behind [SpiClassLoader].
final class RelataPluginManager extends DefaultPluginManager {

    private static final Logger LOG = LoggerFactory.getLogger(RelataPluginManager.class);

    private final ClassLoader parent;

    RelataPluginManager(Path folder, ClassLoader platform) {
        super(List.of(folder));
        this.parent = new SpiClassLoader(platform);
    }

    /// Loads and starts the jars one by one, so that a broken one keeps none of the others from working.
    ///
    /// @return for each jar the started plugin, or the reason why there is none
    Map<Path, Object> loadAndStart(List<Path> jars) {
        Map<Path, Object> outcomes = new LinkedHashMap<>();
        for (Path jar : jars) {
            try {
                outcomes.put(jar, loadPluginFromPath(jar));
            } catch (PluginRuntimeException | LinkageError exception) {
                outcomes.put(jar, exception);
            }
        }
        resolvePlugins();
        outcomes.replaceAll((jar, outcome) -> outcome instanceof PluginWrapper plugin ? start(plugin) : outcome);
        return outcomes;
    }

    private Object start(PluginWrapper plugin) {
        try {
            startPlugin(plugin.getPluginId());
            Throwable failure = plugin.getFailedException();
            return failure == null ? plugin : failure;
        } catch (PluginRuntimeException | LinkageError exception) {
            return exception;
        }
    }

    /// Unloads every plugin, over a copy of the list: PF4J changes its own while it stops them.
    void unloadAll() {
        List<String> ids = getPlugins().stream().map(PluginWrapper::getPluginId).toList();
        for (String id : ids.reversed()) {
            try {
                unloadPlugin(id);
            } catch (PluginRuntimeException exception) {
                LOG.error("Plugin {} cannot be unloaded", id, exception);
            }
        }
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new JarPluginLoader(this) {
            @Override
            public ClassLoader loadPlugin(Path jar, PluginDescriptor descriptor) {
                PluginClassLoader loader =
                        new PluginClassLoader(pluginManager, descriptor, parent, ClassLoadingStrategy.APD);
                loader.addFile(jar.toFile());
                return loader;
            }
        };
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new JarPluginRepository(getPluginsRoots());
    }

    /// Which plugins a tenant uses is data of the tenant, not a file beside the jars.
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {
                throw new UnsupportedOperationException("Plugins are enabled per tenant");
            }

            @Override
            public void enablePlugin(String pluginId) {
                throw new UnsupportedOperationException("Plugins are enabled per tenant");
            }
        };
    }
}
