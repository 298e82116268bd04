package io.relata.core.rate;

import java.math.BigDecimal;
import java.time.LocalDate;

/// What one unit of a currency is worth in another from a day on.
///
/// @param rate exact, more than 0
public record Rate(String from, String to, LocalDate day, BigDecimal rate) {}
