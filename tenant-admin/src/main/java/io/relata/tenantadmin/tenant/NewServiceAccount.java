package io.relata.tenantadmin.tenant;

/// A program to be let into a tenant.
///
/// @param name unique in the tenant; a part of the client's id
record NewServiceAccount(String name, Membership.Role role) {}
