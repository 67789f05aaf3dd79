package io.qilin.data.reconcile;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Fills the gaps of one source with rows of another, for who asks for it: nothing else in Qilin puts two sources into
 * one series. Only whole rows are taken, and only where the first source knows nothing of the instrument and day; each
 * row's source is in the result. Fields are those of the first source; what the second lacks is {@code NaN}. Stateless.
 */
public final class BarMerge {
  private BarMerge() {}

  /** What the source of each row of an instrument is called, by day. */
  private record Rows(Symbol symbol, TreeMap<LocalDate, String> sources) {}

  /** Bars of one source, with that source for every row. */
  public static MergedBars of(String name, Bars bars) {
    List<SourceSpan> spans = new ArrayList<>();
    Panel panel = bars.panel();
    for (int i = 0; i < panel.symbols().size(); i++) {
      TreeMap<LocalDate, String> sources = new TreeMap<>();
      known(panel, i).forEach(day -> sources.put(day, name));
      spans(new Rows(panel.symbols().get(i), sources), spans);
    }
    return new MergedBars(bars, spans);
  }

  /**
   * Fills the gaps of {@code first} with rows of {@code second}.
   *
   * @param first bars of one source or several
   * @param secondName what the second is called in spans and findings
   * @throws QilinException UNSUPPORTED unless both are raw, as adjusted prices of two sources have no common base;
   *     DATA_CONFLICT if one of them looks adjusted or counts volumes in lots; INVALID_ARGUMENT if rows of that name are
   *     there already
   */
  public static MergedBars fill(MergedBars first, String secondName, Bars second) {
    Panel a = first.bars().panel();
    Panel b = second.panel();
    if (first.spans().stream().anyMatch(span -> span.source().equals(secondName))) {
      throw QilinException.invalid("rows of " + QilinException.quote(secondName)
          + " are there already; give each source a name of its own");
    }
    if (a.adjustment() != Adjustment.RAW || b.adjustment() != Adjustment.RAW) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "only raw bars are merged; they are " + a.adjustment() + ", and those of " + secondName
              + " are " + b.adjustment());
    }
    ReconciliationReport report = Reconciliation.compare(
        "what is there", first.bars(), secondName, second, Tolerance.DEFAULT);
    if (report.adjustmentRows() + report.unitRows() > 0) {
      throw new QilinException(ErrorCode.DATA_CONFLICT, "the bars do not fit together: " + report);
    }
    List<Rows> taken = gaps(a, b, secondName);
    List<QualityFinding> findings = new ArrayList<>(first.bars().findings());
    List<SourceSpan> filled = new ArrayList<>();
    taken.forEach(rows -> spans(rows, filled));
    filled.forEach(span -> findings.add(finding(span)));
    long more = taken.stream().mapToLong(rows -> rows.sources().size()).sum();
    if (more == 0) {
      return first;
    }
    List<Rows> all = all(first, taken);
    List<SourceSpan> spans = new ArrayList<>();
    all.forEach(rows -> spans(rows, spans));
    Bars merged = new Bars(
        panel(a, b, secondName, all),
        provenance(first.bars(), second),
        first.bars().rowsRead() + more,
        findings);
    return new MergedBars(merged, spans);
  }

  /** The rows that only the second has. */
  private static List<Rows> gaps(Panel a, Panel b, String name) {
    List<Rows> gaps = new ArrayList<>();
    for (int j = 0; j < b.symbols().size(); j++) {
      Symbol symbol = b.symbols().get(j);
      TreeMap<LocalDate, String> sources = new TreeMap<>();
      known(b, j).forEach(day -> sources.put(day, name));
      a.find(symbol).ifPresent(i -> sources.keySet().removeAll(Set.copyOf(known(a, i))));
      if (!sources.isEmpty()) {
        gaps.add(new Rows(symbol, sources));
      }
    }
    return gaps;
  }

  /** The rows that were there with their sources, and those that are taken. */
  private static List<Rows> all(MergedBars first, List<Rows> taken) {
    Map<Symbol, Rows> all = new TreeMap<>();
    taken.forEach(rows -> all.put(rows.symbol(), rows));
    Panel a = first.bars().panel();
    for (SourceSpan span : first.spans()) {
      Rows rows = all.computeIfAbsent(span.symbol(), symbol -> new Rows(symbol, new TreeMap<>()));
      for (LocalDate day : known(a, a.indexOf(span.symbol()))) {
        if (!day.isBefore(span.from()) && !day.isAfter(span.to())) {
          rows.sources().put(day, span.source());
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static List<LocalDate> known(Panel panel, int instrument) {
    List<LocalDate> days = new ArrayList<>();
    for (int day = panel.firstRow(instrument); day < panel.endRow(instrument); day++) {
      int at = day;
      if (panel.fields().stream().anyMatch(f -> !Double.isNaN(panel.value(f, instrument, at)))) {
        days.add(panel.days().get(day));
      }
    }
    return days;
  }

  private static void spans(Rows rows, List<SourceSpan> into) {
    List<LocalDate> days = List.copyOf(rows.sources().keySet());
    int start = 0;
    for (int at = 1; at <= days.size(); at++) {
      String source = rows.sources().getOrDefault(days.get(start), "");
      if (at == days.size() || !source.equals(rows.sources().get(days.get(at)))) {
        into.add(new SourceSpan(rows.symbol(), days.get(start), days.get(at - 1), source));
        start = at;
      }
    }
  }

  private static Panel panel(Panel a, Panel b, String second, List<Rows> rows) {
    TreeSet<LocalDate> union = new TreeSet<>(a.days());
    rows.forEach(each -> union.addAll(each.sources().keySet()));
    List<LocalDate> days = List.copyOf(union);
    Map<LocalDate, Integer> places = new HashMap<>();
    days.forEach(day -> places.put(day, places.size()));
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    for (Rows each : rows) {
      TreeMap<LocalDate, String> from = each.sources();
      int start = places.getOrDefault(from.firstKey(), 0);
      int end = places.getOrDefault(from.lastKey(), 0) + 1;
      for (Field field : a.fields()) {
        double[] column = new double[end - start];
        Arrays.fill(column, Double.NaN);
        from.forEach((day, name) -> {
          Panel source = name.equals(second) ? b : a;
          if (source.has(field)) {
            column[places.getOrDefault(day, 0) - start] =
                source.value(field, source.indexOf(each.symbol()), source.indexOf(day));
          }
        });
        builder.column(each.symbol(), field, start, column);
      }
    }
    return builder.build();
  }

  private static Provenance provenance(Bars first, Bars second) {
    Optional<Instant> oldest = Stream.of(first, second)
        .flatMap(bars -> bars.provenance().copyOf().stream())
        .min(Instant::compareTo);
    return new Provenance(
        "merged",
        first.provenance() + " + " + second.provenance(),
        first.provenance().synthetic() || second.provenance().synthetic(),
        oldest);
  }

  private static QualityFinding finding(SourceSpan span) {
    return new QualityFinding(
        "merged-source",
        QualityDimension.CONSISTENCY,
        QualitySeverity.INFO,
        Optional.of(span.symbol()),
        Optional.of(span.from()),
        Optional.empty(),
        Double.NaN,
        "rows from " + span.from() + " to " + span.to() + " come from " + span.source());
  }
}
