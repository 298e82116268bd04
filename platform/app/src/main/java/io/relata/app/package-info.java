/// The platform's web application: what stands between HTTP and the engine.
@NullMarked
package io.relata.app;

import org.jspecify.annotations.NullMarked;
