package io.relata.core.plugin;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.ManagedSolutions;
import io.relata.core.metadata.Solution;
import io.relata.core.metadata.SolutionException;
import io.relata.core.problem.ProblemException;
import io.relata.spi.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The installed plugins. A broken one is a status with its reason; the others work.
public final class PluginService implements ManagedSolutions, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginService.class);

    private final RelataPluginManager manager;
    private final List<LoadedPlugin> loaded = new ArrayList<>();
    private final List<PluginStatus> broken = new ArrayList<>();

    private PluginService(RelataPluginManager manager) {
        this.manager = manager;
    }

    /// Loads the plugin jars in the folder, in the order of their file names.
    public static PluginService start(Path folder, Platform platform) {
        PluginService service =
                new PluginService(new RelataPluginManager(folder, PluginService.class.getClassLoader()));
        service.manager.loadAndStart(jars(folder)).forEach((jar, outcome) -> service.add(jar, outcome, platform));
        return service;
    }

    /// Returns how every plugin jar fares.
    public List<PluginStatus> plugins() {
        List<PluginStatus> statuses = new ArrayList<>();
        for (LoadedPlugin plugin : loaded) {
            PluginGuard guard = plugin.guard();
            statuses.add(new PluginStatus(plugin.id(), plugin.version(), null, guard.calls(), guard.millis()));
        }
        statuses.addAll(broken);
        return statuses;
    }

    /// Returns the hooks that look at the entity's records, of the plugins that the tenant has.
    public List<PluginHook> hooks(String entity, Set<String> enabled) {
        return loaded.stream()
                .filter(plugin -> enabled.contains(plugin.id()))
                .flatMap(plugin -> plugin.hooks().stream())
                .filter(hook -> hook.entity().equals(entity))
                .toList();
    }

    /// Returns the plugin's action on the entity's records.
    public Optional<PluginAction> action(String plugin, String entity, String action) {
        return loaded.stream()
                .filter(candidate -> candidate.id().equals(plugin))
                .flatMap(candidate -> candidate.actions().stream())
                .filter(candidate ->
                        candidate.entity().equals(entity) && candidate.action().equals(action))
                .findFirst();
    }

    @Override
    public List<Solution> solutions(Set<String> plugins) {
        List<Solution> solutions = new ArrayList<>();
        for (LoadedPlugin plugin : loaded) {
            Solution solution = plugin.solution();
            if (solution != null && plugins.contains(plugin.id())) {
                solutions.add(solution);
            }
        }
        return solutions;
    }

    @Override
    public void close() {
        manager.unloadAll();
    }

    private void add(Path jar, Object outcome, Platform platform) {
        try {
            if (!(outcome instanceof PluginWrapper wrapper)) {
                refuse(jar, (Throwable) outcome);
                return;
            }
            LoadedPlugin plugin =
                    LoadedPlugin.of(wrapper, manager.getExtensionClassNames(wrapper.getPluginId()), platform);
            checkNames(plugin);
            loaded.add(plugin);
            LOG.info("Plugin {} {} works", plugin.id(), plugin.version());
        } catch (InvocationTargetException exception) {
            refuse(jar, exception.getCause() == null ? exception : exception.getCause());
        } catch (IOException
                | ReflectiveOperationException
                | SolutionException
                | ProblemException
                | LinkageError exception) {
            refuse(jar, exception);
        }
    }

    private void checkNames(LoadedPlugin plugin) throws IOException {
        Set<String> names = new HashSet<>();
        loaded.stream()
                .map(LoadedPlugin::solution)
                .flatMap(Stream::ofNullable)
                .flatMap(solution -> solution.entities().stream())
                .forEach(entity -> names.addAll(List.of(entity.name(), entity.setName())));
        Solution solution = plugin.solution();
        for (EntityDefinition entity : solution == null ? List.<EntityDefinition>of() : solution.entities()) {
            if (names.contains(entity.name()) || names.contains(entity.setName())) {
                throw new IOException("Another plugin has the entity " + entity.name() + " already");
            }
        }
    }

    private void refuse(Path jar, Throwable reason) {
        String file = jar.getFileName().toString();
        LOG.error("Plugin {} does not work", file, reason);
        broken.add(new PluginStatus(file, null, String.valueOf(reason.getMessage()), 0, 0));
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("The plugin folder cannot be read: " + folder, exception);
        }
    }
}
