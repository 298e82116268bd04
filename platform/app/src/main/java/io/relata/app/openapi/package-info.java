/// The tenant's API described for programs and people (OpenAPI 3.1): a template of ours, filled with the tenant's
/// entities in the reader's language.
@NullMarked
package io.relata.app.openapi;

import org.jspecify.annotations.NullMarked;
