/// The public contract between Relata and its plugins. It knows no persistence, injection or HTTP.
///
/// Every type here is stable: a plugin compiled against one version runs on the next.
@NullMarked
package io.relata.spi;

import org.jspecify.annotations.NullMarked;
