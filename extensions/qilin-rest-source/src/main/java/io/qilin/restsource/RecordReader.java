package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.data.record.RecordLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the rows of an endpoint. Each row becomes a line of {@link RecordLine}, so that a row from a service is
 * judged as strictly as a line of a file. Used by one thread.
 */
final class RecordReader<R extends MarketRecord> {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final Class<R> type;
  private final RestEndpoint endpoint;
  private final String where;
  private final Provenance provenance;
  private final Instant now;
  private final RowFindings findings;

  RecordReader(
      Class<R> type,
      RestEndpoint endpoint,
      String where,
      Provenance provenance,
      Instant now,
      RowFindings findings) {
    this.type = type;
    this.endpoint = endpoint;
    this.where = where;
    this.provenance = provenance;
    this.now = now;
    this.findings = findings;
  }

  /**
   * The records of a table, in its order.
   *
   * @throws QilinException DATA_FORMAT with row and field
   */
  List<R> read(RestTable table, RestSpec spec) {
    CellReader cells = new CellReader(table, spec.symbols());
    cells.check(endpoint, spec, where, findings);
    List<R> records = new ArrayList<>();
    Set<R> seen = new HashSet<>();
    int refused = 0;
    for (int row = 0; row < table.size(); row++) {
      if (!accepted(table, row)) {
        continue;
      }
      try {
        Optional<R> record = record(table.row(row), new RowPlace(where, row + 1), cells);
        if (record.isPresent() && !seen.add(record.get())) {
          note(
              "duplicate-row",
              QualityDimension.UNIQUENESS,
              QualitySeverity.WARNING,
              record.get(),
              where + ", row " + (row + 1) + ": the row repeats one above and is left out");
        } else {
          record.ifPresent(records::add);
        }
      } catch (QilinException e) {
        if (e.code() != ErrorCode.DATA_FORMAT || refused++ >= endpoint.tolerated()) {
          throw e;
        }
        findings.refused(e);
      }
    }
    return records;
  }

  private boolean accepted(RestTable table, int row) {
    for (Map.Entry<String, Set<String>> rule : endpoint.where().entrySet()) {
      int place = table.places(List.of(rule.getKey()), where)[0];
      String cell = table.row(row)[place];
      if (cell == null || !rule.getValue().contains(cell)) {
        return false;
      }
    }
    return true;
  }

  private Optional<R> record(@Nullable String[] row, RowPlace place, CellReader cells) {
    RecordTree tree = new RecordTree();
    endpoint
        .columns()
        .forEach((path, column) -> cells
            .text(column, row)
            .ifPresent(text -> tree.put(path, place.in(path, () -> json(column, text, cells)))));
    tree.put("source.provider", RecordTree.quoted(provenance.provider()));
    tree.put("source.origin", RecordTree.quoted(provenance.origin()));
    tree.put("source.synthetic", "false");
    if (!published(row, tree, place, cells)) {
      findings.note(
          "publication-unknown",
          QualityDimension.TIMELINESS,
          QualitySeverity.WARNING,
          Optional.empty(),
          Optional.empty(),
          place + ": nothing says when it became public; the row is left out");
      return Optional.empty();
    }
    R record = RecordLine.parse(type, tree.line(), where, place.row());
    if (record.asOf().isAfter(now)) {
      note(
          "record-from-the-future",
          QualityDimension.TIMELINESS,
          QualitySeverity.ERROR,
          record,
          place + ": the record became public at " + record.asOf() + ", after the present " + now
              + "; it is left out");
      return Optional.empty();
    }
    return Optional.of(record);
  }

  /** Puts the moment of publication into the tree; false if nothing says it. */
  private boolean published(
      @Nullable String[] row, RecordTree tree, RowPlace place, CellReader cells) {
    for (Publication rule : endpoint.published()) {
      if (rule.rule() == Publication.Rule.EVENT) {
        return true;
      }
      Optional<Instant> moment = place.in("asOf", () -> cells.published(rule, row));
      if (moment.isPresent()) {
        tree.put("asOf", RecordTree.quoted(moment.get().toString()));
        return true;
      }
    }
    return false;
  }

  private static String json(RestColumn column, String text, CellReader cells) {
    return switch (column.kind()) {
      case TEXT -> RecordTree.quoted(text);
      case NUMBER -> number(text, column.unit());
      case FLAG -> String.valueOf(CellReader.flag(text));
      case DATE -> RecordTree.quoted(cells.day(text, column.pattern()).toString());
      case MOMENT -> RecordTree.quoted(cells.moment(text, column.pattern()).toString());
      case SYMBOL -> RecordTree.quoted(cells.symbol(text).toString());
    };
  }

  /** Whole numbers without a point, as counts are read so. */
  private static String number(String text, RestUnit unit) {
    BigDecimal number = CellReader.number(text, unit);
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() < 19
        ? String.valueOf(plain.longValueExact())
        : plain.toString();
  }

  private void note(
      String rule, QualityDimension dimension, QualitySeverity severity, R about, String message) {
    Optional<Symbol> symbol = about.symbol();
    findings.note(
        rule,
        dimension,
        severity,
        symbol,
        Optional.of(about.asOf().atZone(SHANGHAI).toLocalDate()),
        message);
  }
}
