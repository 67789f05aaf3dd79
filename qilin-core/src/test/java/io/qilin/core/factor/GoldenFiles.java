package io.qilin.core.factor;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the plain tables of the golden sets. */
final class GoldenFiles {
  private GoldenFiles() {}

  /** A file of the test resources below {@code golden/factor}. */
  static Path own(String name) {
    try {
      URL url = GoldenFiles.class.getResource("/golden/factor/" + name);
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The cells of all lines, the header first. */
  static List<String[]> table(Path file, String separator) {
    return SharedFiles.lines(file).stream()
        .map(line -> line.split(separator, -1))
        .toList();
  }

  /** {@code NaN} for an empty cell. */
  static double number(String cell) {
    return switch (cell) {
      case "" -> Double.NaN;
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }

  /** The panel of an input file, on the days of its calendar, with the spans of its instruments file. */
  static Panel panel(Path input, Path calendar, Path instruments) {
    List<LocalDate> days =
        table(calendar, "\t").stream().map(line -> LocalDate.parse(line[0])).toList();
    List<String[]> rows = table(input, ",");
    List<Field> fields = Arrays.stream(rows.get(0)).skip(2).map(Field::of).toList();
    Map<Symbol, List<String[]>> byInstrument = new TreeMap<>();
    rows.stream()
        .skip(1)
        .forEach(row -> byInstrument
            .computeIfAbsent(Symbol.parseAny(row[1]), s -> new ArrayList<>())
            .add(row));
    Panel.Builder panel = Panel.builder(days, Adjustment.FORWARD);
    for (String[] span : table(instruments, "\t")) {
      Symbol symbol = Symbol.parseAny(span[0]);
      int first = days.indexOf(LocalDate.parse(span[1]));
      int last = days.indexOf(LocalDate.parse(span[2]));
      for (int f = 0; f < fields.size(); f++) {
        double[] values = new double[last - first + 1];
        Arrays.fill(values, Double.NaN);
        for (String[] row : byInstrument.get(symbol)) {
          values[days.indexOf(LocalDate.parse(row[0])) - first] = number(row[f + 2]);
        }
        panel.column(symbol, fields.get(f), first, values);
      }
    }
    return panel.build();
  }
}
