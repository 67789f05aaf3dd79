package io.qilin.api.source;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.Provenance;
import java.util.List;
import java.util.Objects;

/**
 * The answer of a source to a {@link BarQuery}.
 *
 * <p>What a panel cannot hold, a duplicate row or an order that was mended, is told in the findings, so that a quality
 * report counts it.
 *
 * @param panel the bars
 * @param provenance where they come from
 * @param rowsRead rows of the answer before duplicates were merged
 * @param findings what was noticed while reading, in the order of the source
 */
public record Bars(
    Panel panel, Provenance provenance, long rowsRead, List<QualityFinding> findings) {
  /**
   * Copies the findings.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative number of rows
   */
  public Bars {
    Objects.requireNonNull(panel, "panel");
    Objects.requireNonNull(provenance, "provenance");
    findings = List.copyOf(findings);
    if (rowsRead < 0) {
      throw QilinException.invalid("rows read cannot be negative, was " + rowsRead);
    }
  }
}
