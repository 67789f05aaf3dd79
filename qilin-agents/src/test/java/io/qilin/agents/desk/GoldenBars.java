package io.qilin.agents.desk;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The real daily bars of the shared golden data: 30 A-shares, 2015-09-01 to 2020-08-31. */
public final class GoldenBars {
  private static final Map<String, Field> COLUMNS = Map.of(
      "open", Field.OPEN,
      "high", Field.HIGH,
      "low", Field.LOW,
      "close", Field.CLOSE,
      "volume", Field.VOLUME,
      "amount", Field.AMOUNT,
      "vwap", Field.VWAP,
      "factor", Field.FACTOR,
      "raw_pre_close", Field.PRE_CLOSE);

  private GoldenBars() {}

  /** Reads the bars; aborts the test if they are not there. */
  public static Bars read() {
    return read(LocalDate.MAX);
  }

  /** The bars as a file would hold them that ends on a day. */
  static Bars read(LocalDate last) {
    List<String> lines = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    Map<Symbol, TreeMap<LocalDate, String[]>> rows = new TreeMap<>();
    TreeSet<LocalDate> found = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      LocalDate day = LocalDate.parse(cells[0]);
      if (!day.isAfter(last)) {
        found.add(day);
        rows.computeIfAbsent(Symbol.parse(cells[1]), symbol -> new TreeMap<>()).put(day, cells);
      }
    }
    List<LocalDate> days = new ArrayList<>(found);
    Panel.Builder builder = Panel.builder(days, Adjustment.FORWARD);
    rows.forEach((symbol, own) -> {
      int from = days.indexOf(own.firstKey());
      int to = days.indexOf(own.lastKey()) + 1;
      COLUMNS.forEach((name, field) -> {
        double[] column = new double[to - from];
        Arrays.fill(column, Double.NaN);
        int at = header.indexOf(name);
        own.forEach((day, cells) -> column[days.indexOf(day) - from] = number(cells[at]));
        builder.column(symbol, field, from, column);
      });
    });
    return new Bars(
        builder.build(),
        new Provenance("csv", "cn_input.csv.gz", false),
        lines.size() - 1,
        List.of());
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
