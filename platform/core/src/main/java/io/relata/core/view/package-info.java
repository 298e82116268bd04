/// Views, reports and dashboards that people keep.
@NullMarked
package io.relata.core.view;

import org.jspecify.annotations.NullMarked;
