package io.qilin.core.factor;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Reads the plain tables of the golden sets. */
final class GoldenFiles {
  private GoldenFiles() {}

  /** The cells of all lines, the header first. */
  static List<String[]> table(Path file, String separator) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      List<String[]> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.split(separator, -1));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
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
    rows.stream().skip(1).forEach(
        row -> byInstrument.computeIfAbsent(Symbol.parseAny(row[1]), s -> new ArrayList<>()).add(row));
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
