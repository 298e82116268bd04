/// Several requests on records in one (OData's `$batch`), as multipart/mixed and as JSON.
@NullMarked
package io.relata.app.batch;

import org.jspecify.annotations.NullMarked;
