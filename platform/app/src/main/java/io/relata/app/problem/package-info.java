/// Refusals as HTTP answers: problem+json in the caller's language.
@NullMarked
package io.relata.app.problem;

import org.jspecify.annotations.NullMarked;
