/// Imports over HTTP: upload, preview, progress, and what was refused.
@NullMarked
package io.relata.app.imports;

import org.jspecify.annotations.NullMarked;
