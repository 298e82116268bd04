/// The one expression language: CEL's grammar, our typed tree, and two ways to compute it, in Java and in SQL. Knows
/// neither entities nor records: who uses it says which names there are and what they hold.
@NullMarked
package io.relata.core.expression;

import org.jspecify.annotations.NullMarked;
