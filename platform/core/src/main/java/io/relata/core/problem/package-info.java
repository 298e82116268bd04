/// What can go wrong, said once: every refusal has a code, and its words in every language.
@NullMarked
package io.relata.core.problem;

import org.jspecify.annotations.NullMarked;
