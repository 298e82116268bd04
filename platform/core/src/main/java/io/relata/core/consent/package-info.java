/// What people have agreed to: purposes, the texts that were shown, and consents given and withdrawn.
@NullMarked
package io.relata.core.consent;

import org.jspecify.annotations.NullMarked;
