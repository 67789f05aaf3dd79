package io.qilin.api.source;

import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import java.util.List;
import java.util.Objects;

/**
 * The answer of a source to a {@link RecordQuery}.
 *
 * @param <R> the kind of record
 * @param rows the records by event time; at one time in the order of {@link MarketRecord#asOf}, then of the source
 * @param provenance where they come from
 * @param findings what was noticed while reading, in the order of the source
 */
public record Records<R extends MarketRecord>(
    List<R> rows, Provenance provenance, List<QualityFinding> findings) {
  /** Copies the lists. */
  public Records {
    rows = List.copyOf(rows);
    Objects.requireNonNull(provenance, "provenance");
    findings = List.copyOf(findings);
  }
}
