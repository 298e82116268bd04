package io.relata.core.query;

import io.relata.spi.CallContext;
import java.time.ZoneId;
import java.util.Locale;

/// For whom a statement computes: where their days begin, and in which language they read.
record Reader(ZoneId zone, Locale locale) {

    static Reader of(CallContext context) {
        return new Reader(context.zone(), context.locale());
    }
}
