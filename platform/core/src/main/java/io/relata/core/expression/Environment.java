package io.relata.core.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/// When, where and for whom an expression is computed.
///
/// @param zone   in which days begin and end
/// @param locale in which labels are read
public record Environment(Instant now, ZoneId zone, Locale locale) {

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }
}
