package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.FindingLog;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The answer of a store to one query. */
final class StoreRead {
  private final QlibStore store;
  private final BarQuery query;
  private final SortedSet<Field> wanted;
  private final FindingLog log = new FindingLog();
  private final SortedMap<Symbol, SortedMap<Field, Run>> answer = new TreeMap<>();
  private final SortedSet<Field> seen = new TreeSet<>();
  private int first = Integer.MAX_VALUE;
  private int end;

  StoreRead(QlibStore store, BarQuery query, SortedSet<Field> wanted) {
    this.store = store;
    this.query = query;
    this.wanted = wanted;
  }

  /** Values of a field from a place in the calendar on. */
  private static final class Run {
    private final int from;
    private final double[] values;

    Run(int from, double[] values) {
      this.from = from;
      this.values = values;
    }

    int end() {
      return from + values.length;
    }

    /** The value at a place in the calendar; NaN beyond the ends. */
    double at(int place) {
      return place < from || place >= end() ? Double.NaN : values[place - from];
    }
  }

  Bars bars() {
    Adjustment adjustment = store.adjustment().orElseGet(this::foundAdjustment);
    log.note(
        "volume-and-amount-unit",
        QualityDimension.CONSISTENCY,
        QualitySeverity.INFO,
        "volume is taken as " + store.volume() + "; values are float32, of about seven digits");
    store.instruments().forEach((symbol, spans) -> {
      if (query.symbols().isEmpty() || query.symbols().contains(symbol)) {
        read(symbol, spans);
      }
    });
    checkFields();
    if (answer.isEmpty()) {
      throw Place.of(store.root())
          .error(
              ErrorCode.DATA_NOT_FOUND,
              "nothing answers the query; there are " + store.instruments().size()
                  + " instruments from " + store.calendar().get(0) + " to "
                  + store.calendar().get(store.calendar().size() - 1));
    }
    return assembled(adjustment);
  }

  private Adjustment foundAdjustment() {
    Adjustment found = FactorEnds.adjustment(store);
    log.note(
        "price-adjustment",
        QualityDimension.CONSISTENCY,
        QualitySeverity.INFO,
        "prices are taken as " + found + ", as the ends of the factors tell");
    return found;
  }

  private void read(Symbol symbol, List<InstrumentSpan> spans) {
    Optional<Path> folder = store.folder(symbol);
    if (folder.isEmpty()) {
      note(
          symbol,
          spans,
          "instrument-without-rows",
          "is in the list of instruments, but has no" + " folder");
      return;
    }
    if (!folder.get().getFileName().toString().equals(FolderNames.of(symbol))) {
      note(
          symbol,
          spans,
          "folder-in-upper-case",
          "has a folder that is not in lower case, which" + " Qlib finds on some systems only");
    }
    SortedMap<Field, Path> files = store.files(symbol);
    SortedMap<Field, Run> runs = new TreeMap<>();
    Days days = days(symbol, spans);
    files.forEach((field, file) -> {
      if (wanted.isEmpty() || wanted.contains(field)) {
        seen.add(field);
        run(symbol, days, spans, field, file).ifPresent(run -> add(symbol, runs, field, run));
      }
    });
    if (store.volume() == QlibVolume.ADJUSTED) {
      undoAdjustment(symbol, spans, files, runs);
    }
  }

  private void note(Symbol symbol, List<InstrumentSpan> spans, String rule, String what) {
    log.row(
        rule,
        QualityDimension.COMPLETENESS,
        QualitySeverity.WARNING,
        symbol,
        spans.get(0).first(),
        Optional.empty(),
        Double.NaN,
        log.keeps(rule) ? symbol + " " + what : "");
  }

  private void add(Symbol symbol, SortedMap<Field, Run> runs, Field field, Run run) {
    first = Math.min(first, run.from);
    end = Math.max(end, run.end());
    runs.put(field, run);
    answer.put(symbol, runs);
    long cells = (long) answer.size() * (end - first);
    if (cells > store.limits().panelCells() / seen.size()) {
      throw Place.of(store.root())
          .tooLarge("the answer would have more than " + store.limits().panelCells()
              + " cells; ask for fewer instruments, days or fields");
    }
  }

  /** Places in the calendar. */
  private record Days(int from, int to) {}

  /** The days that are asked for, within the spans. */
  private Days days(Symbol symbol, List<InstrumentSpan> spans) {
    int from = query.from().map(this::placeFrom).orElse(0);
    int to = query.lastDay(symbol).map(this::placeAfter).orElse(store.calendar().size());
    int firstSpan = Integer.MAX_VALUE;
    int lastSpan = 0;
    for (InstrumentSpan span : spans) {
      firstSpan = Math.min(firstSpan, placeFrom(span.first()));
      lastSpan = Math.max(lastSpan, placeAfter(span.last()));
    }
    return new Days(Math.max(from, firstSpan), Math.min(to, lastSpan));
  }

  /** The values of a file on the days that are asked for; empty if there is none. */
  private Optional<Run> run(
      Symbol symbol, Days days, List<InstrumentSpan> spans, Field field, Path file) {
    try (BinFile bin = store.bin(symbol, field, file)) {
      int from = Math.max(bin.first(), days.from());
      int to = Math.min(bin.end(), days.to());
      return from >= to
          ? Optional.empty()
          : Optional.of(new Run(from, within(spans, from, bin.read(from, to))));
    }
  }

  /** The values, NaN on days that lie in none of several spans. */
  private double[] within(List<InstrumentSpan> spans, int from, double[] values) {
    if (spans.size() == 1) {
      return values;
    }
    double[] kept = new double[values.length];
    Arrays.fill(kept, Double.NaN);
    for (InstrumentSpan span : spans) {
      int start = Math.max(placeFrom(span.first()) - from, 0);
      int stop = Math.min(placeAfter(span.last()) - from, values.length);
      if (start < stop) {
        System.arraycopy(values, start, kept, start, stop - start);
      }
    }
    return kept;
  }

  private int placeFrom(LocalDate day) {
    int at = Collections.binarySearch(store.calendar(), day);
    return at < 0 ? -at - 1 : at;
  }

  private int placeAfter(LocalDate day) {
    int at = Collections.binarySearch(store.calendar(), day);
    return at < 0 ? -at - 1 : at + 1;
  }

  private void undoAdjustment(
      Symbol symbol,
      List<InstrumentSpan> spans,
      Map<Field, Path> files,
      SortedMap<Field, Run> runs) {
    Run volume = runs.get(Field.VOLUME);
    if (volume == null) {
      return;
    }
    Path file = files.get(Field.FACTOR);
    if (file == null) {
      throw StorePlaces.of(store.root(), store.folder(symbol).orElseThrow())
          .malformed("volume is said to be adjusted, but there is no factor.day.bin");
    }
    Run factor = run(symbol, days(symbol, spans), spans, Field.FACTOR, file)
        .orElseGet(() -> new Run(volume.from, new double[0]));
    for (int i = 0; i < volume.values.length; i++) {
      volume.values[i] *= factor.at(volume.from + i);
    }
  }

  private void checkFields() {
    for (Field field : wanted) {
      if (!seen.contains(field) && !answer.isEmpty()) {
        throw Place.of(store.root())
            .error(
                ErrorCode.DATA_NOT_FOUND,
                "no instrument of the query has a file of the field " + field);
      }
    }
  }

  private Bars assembled(Adjustment adjustment) {
    Panel.Builder builder = Panel.builder(store.calendar().subList(first, end), adjustment);
    long rows = 0;
    for (Map.Entry<Symbol, SortedMap<Field, Run>> entry : List.copyOf(answer.entrySet())) {
      Symbol symbol = entry.getKey();
      SortedMap<Field, Run> runs = entry.getValue();
      int from = runs.values().stream().mapToInt(run -> run.from).min().orElseThrow();
      int to = runs.values().stream().mapToInt(Run::end).max().orElseThrow();
      rows += to - from;
      runs.forEach((field, run) -> builder.column(symbol, field, run.from - first, run.values));
      runs.clear();
    }
    Provenance origin = new Provenance("qlib", Place.name(store.root()), false);
    return new Bars(builder.build(), origin, rows, log.toList());
  }
}
