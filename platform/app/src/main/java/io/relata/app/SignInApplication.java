package io.relata.app;

import io.relata.app.json.JsonBodyWriter;
import io.relata.app.problem.ProblemMapper;
import io.relata.app.signin.SignInResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/// Sign-in: what strangers reach.
@ApplicationPath("/auth")
public class SignInApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ProblemMapper.class, JsonBodyWriter.class, SignInResource.class);
    }
}
