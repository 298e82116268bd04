package io.relata.tenantadmin.server;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/// The REST API.
@ApplicationPath("api")
public class ApiApplication extends Application {}
