/// What a tenant's data looks like: entities, fields, views and layouts, from plugins and from the tenant itself.
@NullMarked
package io.relata.core.metadata;

import org.jspecify.annotations.NullMarked;
