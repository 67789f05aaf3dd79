package io.qilin.data.reconcile;

import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Bars of several sources in one panel, with the source of every row.
 *
 * @param bars the bars; each span that fills a gap is a finding {@code merged-source} too
 * @param spans the source of every row, by instrument and day
 */
public record MergedBars(Bars bars, List<SourceSpan> spans) {
  /** Copies the list. */
  public MergedBars {
    Objects.requireNonNull(bars, "bars");
    spans = List.copyOf(spans);
  }

  /** What the source of a row is called; empty where there is no row. */
  public Optional<String> sourceOf(Symbol symbol, LocalDate day) {
    return spans.stream()
        .filter(span ->
            span.symbol().equals(symbol) && !day.isBefore(span.from()) && !day.isAfter(span.to()))
        .map(SourceSpan::source)
        .findFirst();
  }
}
