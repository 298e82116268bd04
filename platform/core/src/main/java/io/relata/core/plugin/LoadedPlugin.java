package io.relata.core.plugin;

import io.relata.core.metadata.Solution;
import io.relata.core.metadata.SolutionReader;
import io.relata.spi.ActionHandler;
import io.relata.spi.Platform;
import io.relata.spi.RecordHook;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginWrapper;

/// A plugin that works: its solution, and its extensions behind its guard.
record LoadedPlugin(
        String id,
        String version,
        @Nullable Solution solution,
        List<PluginHook> hooks,
        List<PluginAction> actions,
        PluginGuard guard) {

    /// Makes the plugin's extensions, each through its one constructor.
    ///
    /// @throws ReflectiveOperationException, IOException, SolutionException, LinkageError when the plugin is broken
    static LoadedPlugin of(PluginWrapper plugin, Set<String> extensions, Platform platform)
            throws ReflectiveOperationException, IOException {
        String id = plugin.getPluginId();
        Solution solution = new SolutionReader().read(plugin.getPluginPath()).orElse(null);
        if (solution != null && !solution.key().equals(id)) {
            throw new IOException("The solution's key is " + solution.key() + ", the plugin's id " + id);
        }
        PluginMessages messages = PluginMessages.read(plugin.getPluginPath());
        PluginGuard guard = new PluginGuard(id, plugin.getPluginClassLoader());
        List<PluginHook> hooks = new ArrayList<>();
        List<PluginAction> actions = new ArrayList<>();
        for (String extension : extensions.stream().sorted().toList()) {
            Object instance = create(plugin.getPluginClassLoader().loadClass(extension), platform);
            switch (instance) {
                case RecordHook hook -> {
                    RecordHook guarded = guard.guard(RecordHook.class, hook);
                    hooks.add(new PluginHook(id, guarded.entity(), guarded, messages::text));
                }
                case ActionHandler handler -> {
                    ActionHandler guarded = guard.guard(ActionHandler.class, handler);
                    actions.add(new PluginAction(id, guarded.entity(), guarded.action(), guarded, messages::text));
                }
                default -> throw new IOException(extension + " implements no extension point of this platform");
            }
        }
        requireSameActions(solution, actions);
        return new LoadedPlugin(id, plugin.getDescriptor().getVersion(), solution, hooks, actions, guard);
    }

    private static void requireSameActions(@Nullable Solution solution, List<PluginAction> actions) throws IOException {
        List<String> declared = new ArrayList<>();
        if (solution != null) {
            solution.entities()
                    .forEach(entity ->
                            entity.actions().forEach(action -> declared.add(entity.name() + "." + action.name())));
        }
        List<String> handled = actions.stream()
                .map(action -> action.entity() + "." + action.action())
                .toList();
        if (handled.size() != declared.size() || !Set.copyOf(handled).equals(Set.copyOf(declared))) {
            throw new IOException("The solution declares the actions " + declared + ", the plugin handles " + handled);
        }
    }

    private static Object create(Class<?> type, Platform platform) throws ReflectiveOperationException {
        Constructor<?>[] constructors = type.getConstructors();
        if (constructors.length != 1
                || !List.of(constructors[0].getParameterTypes()).equals(List.of(Platform.class))) {
            throw new NoSuchMethodException(type.getName() + " needs exactly one public constructor, taking Platform");
        }
        return constructors[0].newInstance(platform);
    }
}
