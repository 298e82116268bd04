package io.relata.spi;

/// By what way a call reached the platform. Written to the audit trail with every change.
public enum Origin {
    /// A person working in the web application.
    SCREEN,
    /// A program with a bearer token.
    API,
    /// An import job.
    IMPORT,
    /// The platform itself: start-up, schedules, maintenance.
    SYSTEM
}
