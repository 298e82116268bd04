/// Benchmarks as ratios: the product beside hand-written code on the same data, in one run.
@NullMarked
package io.relata.bench;

import org.jspecify.annotations.NullMarked;
