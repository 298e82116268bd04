/// The types a field can have: one class each, found by name in [io.relata.core.metadata.type.FieldTypes].
@NullMarked
package io.relata.core.metadata.type;

import org.jspecify.annotations.NullMarked;
