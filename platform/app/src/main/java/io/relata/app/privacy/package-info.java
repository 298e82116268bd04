/// What there is of persons.
@NullMarked
package io.relata.app.privacy;

import org.jspecify.annotations.NullMarked;
