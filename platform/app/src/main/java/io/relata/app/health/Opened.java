package io.relata.app.health;

/// Fired once, when the platform begins to serve: work that goes on without being asked may start now.
public record Opened() {}
