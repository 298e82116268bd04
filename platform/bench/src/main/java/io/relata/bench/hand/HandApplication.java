package io.relata.bench.hand;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/// The hand-written endpoint's one route.
@ApplicationPath("/api")
public class HandApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(HandResource.class);
    }
}
