/// What people are told in the application.
@NullMarked
package io.relata.core.notification;

import org.jspecify.annotations.NullMarked;
