package io.qilin.restsource;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What a query wants from tables.
 *
 * @param symbols the instruments; empty for all
 * @param from first day of the events; empty for the service's first
 * @param to last day of the events
 * @param known last day of which anything can be known
 */
record Wanted(Set<Symbol> symbols, Optional<LocalDate> from, LocalDate to, LocalDate known) {}
