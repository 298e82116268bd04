package io.relata.core.metadata;

import java.util.List;
import java.util.Set;

/// The definitions that come with the installed plugins.
@FunctionalInterface
public interface ManagedSolutions {

    /// Returns the solutions of those of the plugins that are installed and work.
    List<Solution> solutions(Set<String> plugins);
}
