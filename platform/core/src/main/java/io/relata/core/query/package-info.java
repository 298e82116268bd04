/// Questions to the records: a small query model, its way to SQL with bound values only, and the pages it yields.
@NullMarked
package io.relata.core.query;

import org.jspecify.annotations.NullMarked;
