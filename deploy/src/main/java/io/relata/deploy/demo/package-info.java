/// The demo tenants: provisioned through tenant-admin's API, filled through the platform's own import.
@NullMarked
package io.relata.deploy.demo;

import org.jspecify.annotations.NullMarked;
