package io.relata.core.limit;

/// How much a tenant may ask for. All but the exports is counted by each server for itself.
///
/// @param userRequests    requests of one user in a minute; all of a minute's at once if wanted
/// @param requests        of all of the tenant's users together, in a minute
/// @param databaseSeconds how long the tenant's transactions may take in a minute, added up, those in the background
///                        too. What is beyond is paid for afterwards: requests are refused until the time has come in
/// @param exports         that begin within 24 hours
public record Allowance(long userRequests, long requests, long databaseSeconds, long exports) {

    /// What applies to a tenant for which nothing else is said.
    public static final Allowance DEFAULT = new Allowance(6_000, 20_000, 180, 200);
}
