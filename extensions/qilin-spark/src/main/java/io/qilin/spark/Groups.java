package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Puts the pieces of a partition together into panels of as many instruments as the engine likes or the memory allows, one
 * after the other. For use by one thread.
 */
final class Groups implements Iterator<Group> {
  /** Instruments that the engine computes side by side. */
  private static final int MOST = 512;

  /** Holds the rows of instruments where factors read no field that is there. */
  private static final Field NO_FIELD = Field.of("qilin_rows");

  private final Iterator<Tuple2<String, byte[]>> pieces;
  private final Market market;
  private final List<LocalDate> days;
  private final List<Field> fields;
  private final Map<Integer, int[]> places = new HashMap<>();
  private final int most;
  private final List<Series> copies = new ArrayList<>();
  private @Nullable Tuple2<String, byte[]> ahead;

  /**
   * Begins.
   *
   * @param pieces in the order of their keys
   * @param stage the stage that will compute
   * @param mostBytes of the panel of one group
   * @throws QilinException LIMIT_EXCEEDED if they are too few for one instrument
   */
  Groups(
      Iterator<Tuple2<String, byte[]>> pieces,
      Market market,
      Wiring wiring,
      int stage,
      Set<Symbol> named,
      long mostBytes) {
    this.pieces = pieces;
    this.market = market;
    this.days = market.days();
    this.fields = wiring.fields(stage);
    this.most = members(named.size(), mostBytes);
    places.put(Wiring.BARS, wiring.places(stage, Wiring.BARS));
    wiring.sources(stage).forEach(source -> places.put(source, wiring.places(stage, source)));
    advance();
    while (ahead != null && InstrumentPartitioner.isCopy(ahead._1())) {
      String symbol = InstrumentPartitioner.copied(ahead._1());
      if (named.contains(Symbol.parse(symbol))) {
        copies.add(gather(ahead._1(), symbol));
      } else {
        advance();
      }
    }
  }

  /** The rows of one instrument on the days of the market. */
  private record Series(Symbol symbol, int first, List<double[]> columns) {}

  /** How many instruments a group may have: in a panel each takes all days of the market, however few are its own. */
  private int members(int copies, long mostBytes) {
    long each = (long) Math.max(1, fields.size()) * days.size() * Double.BYTES;
    long room = mostBytes / each - copies;
    if (room < 1) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          (1 + copies) + " instruments on " + days.size() + " days by " + fields.size()
              + " columns take " + (1 + copies) * each + " bytes, of which a task has " + mostBytes
              + "; set taskBytes to at least four times that, or compute fewer factors or days at a"
              + " time");
    }
    return (int) Math.min(MOST, room);
  }

  private void advance() {
    ahead = pieces.hasNext() ? pieces.next() : null;
  }

  /** Takes all pieces of a key. */
  private Series gather(String key, String symbol) {
    List<InstrumentRows> parts = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (; ahead != null && ahead._1().equals(key); advance()) {
      int source = InstrumentRows.source(ahead._2());
      InstrumentRows rows = InstrumentRows.of(symbol, ahead._2());
      parts.add(rows);
      targets.add(Objects.requireNonNull(places.get(source)));
      for (int row = 0; row < rows.rows(); row++) {
        first = Math.min(first, rows.day(row));
        last = Math.max(last, rows.day(row));
      }
    }
    int from = market.place(first);
    int length = market.place(last) - from + 1;
    List<double[]> columns = new ArrayList<>();
    for (int i = 0; i < Math.max(1, fields.size()); i++) {
      double[] column = new double[length];
      Arrays.fill(column, Double.NaN);
      columns.add(column);
    }
    for (int i = 0; i < parts.size(); i++) {
      fill(parts.get(i), targets.get(i), columns, from);
    }
    return new Series(Symbol.parse(symbol), from, columns);
  }

  private void fill(InstrumentRows rows, int[] targets, List<double[]> columns, int from) {
    int[] at = new int[rows.rows()];
    for (int row = 0; row < at.length; row++) {
      at[row] = market.place(rows.day(row)) - from;
    }
    for (int column = 0; column < targets.length; column++) {
      if (targets[column] >= 0) {
        double[] to = columns.get(targets[column]);
        for (int row = 0; row < at.length; row++) {
          to[at[row]] = rows.value(row, column);
        }
      }
    }
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public Group next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    Set<Symbol> members = new HashSet<>();
    while (ahead != null && members.size() < most) {
      String key = ahead._1();
      Series series = gather(key, key);
      members.add(series.symbol());
      add(builder, series);
    }
    for (Series copy : copies) {
      if (!members.contains(copy.symbol())) {
        add(builder, copy);
      }
    }
    Panel panel = builder.build();
    int[] own = new int[members.size()];
    int count = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      if (members.contains(panel.symbols().get(i))) {
        own[count++] = i;
      }
    }
    return new Group(panel, own);
  }

  private void add(Panel.Builder builder, Series series) {
    for (int i = 0; i < series.columns().size(); i++) {
      Field field = fields.isEmpty() ? NO_FIELD : fields.get(i);
      builder.column(series.symbol(), field, series.first(), series.columns().get(i));
    }
  }
}
