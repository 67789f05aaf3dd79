package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.data.internal.bars.FieldOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes panels and factors in the one form that every part of Qilin exchanges: columns {@code
 * datetime}, {@code instrument}, then one for each field or factor; instrument by instrument, days
 * ascending.
 */
public final class CsvBarWriter {
  private CsvBarWriter() {}

  /**
   * Writes every row of a panel: each instrument's days from its first to its last, also those of
   * which nothing is known. {@link CsvBarReader} gives the panel back bit for bit when it is told
   * the same {@link Panel#adjustment()}, which CSV cannot hold, and
   * {@link CsvBarReader.Builder#generic}.
   *
   * @throws QilinException IO
   */
  public static void write(Path target, Panel panel) {
    List<Field> fields = FieldOrder.of(panel);
    try (CsvTableWriter out =
        CsvTableWriter.open(target, header(fields.stream().map(Field::name).toList()))) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
          out.day(panel.days().get(day)).instrument(panel.symbols().get(i));
          for (Field field : fields) {
            out.number(panel.value(field, i, day));
          }
          out.endRow();
        }
      }
      out.commit();
    }
  }

  /**
   * Writes factors, one column each, for the days of the table between the first and the last row
   * of each instrument, also those on which it did not trade.
   *
   * @param panel what the factors were computed from; it tells the instruments' spans
   * @throws QilinException IO; INVALID_ARGUMENT if the table is not of the panel
   */
  public static void write(Path target, FactorTable factors, Panel panel) {
    if (!panel.symbols().equals(factors.symbols()) || !panel.days().containsAll(factors.days())) {
      throw QilinException.invalid("the factors were not computed from this panel");
    }
    int offset = panel.indexOf(factors.days().get(0));
    try (CsvTableWriter out = CsvTableWriter.open(target, header(factors.names()))) {
      for (int i = 0; i < factors.symbols().size(); i++) {
        int from = Math.max(0, panel.firstRow(i) - offset);
        int to = Math.min(factors.days().size(), panel.endRow(i) - offset);
        for (int day = from; day < to; day++) {
          out.day(factors.days().get(day)).instrument(factors.symbols().get(i));
          for (int column = 0; column < factors.names().size(); column++) {
            out.number(factors.value(column, i, day));
          }
          out.endRow();
        }
      }
      out.commit();
    }
  }

  private static List<String> header(List<String> columns) {
    List<String> header = new ArrayList<>(List.of("datetime", "instrument"));
    header.addAll(columns);
    return header;
  }
}
