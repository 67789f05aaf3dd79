package io.qilin.data.reconcile;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;

/**
 * Rows of one instrument that follow each other and come from one source.
 *
 * @param symbol the instrument
 * @param from the first day
 * @param to the last day
 * @param source what the source is called
 */
public record SourceSpan(Symbol symbol, LocalDate from, LocalDate to, String source) {
  /** Checks the parts. */
  public SourceSpan {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(source, "source");
  }
}
