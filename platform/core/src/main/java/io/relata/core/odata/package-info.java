/// The tenants' data as OData v4: a tenant's model, queries in OData's language, answers in OData's JSON.
@NullMarked
package io.relata.core.odata;

import org.jspecify.annotations.NullMarked;
