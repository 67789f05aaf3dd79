package io.qilin.data.quality;

import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.source.Bars;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a {@link QualityGate} let through.
 *
 * @param report how the data was before anything was left out
 * @param bars the data to go on with
 * @param excluded the instruments that were left out, in order
 * @param marked whether {@code bars} is still not good enough, so that every result computed from it should say so
 */
public record GateResult(
    QualityReport report, Bars bars, SortedSet<Symbol> excluded, boolean marked) {
  /** Copies the set. */
  public GateResult {
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(bars, "bars");
    excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
  }
}
