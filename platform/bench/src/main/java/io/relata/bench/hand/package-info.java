/// What somebody would write by hand for one tenant with one typed table: an endpoint that the API is measured beside,
/// in the same server. Packed into an archive of its own by [io.relata.bench.HandArchive].
@NullMarked
package io.relata.bench.hand;

import org.jspecify.annotations.NullMarked;
