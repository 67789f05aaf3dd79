package io.qilin.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A table of numbers keyed by date and instrument, read without any code of Qilin. */
record GoldenTable(List<String> columns, Map<String, double[]> rows, List<String> keys) {
  static GoldenTable read(Path file) throws IOException {
    return read(file, key -> true);
  }

  /** Only the rows whose key, day and instrument joined by a comma, is wanted. */
  static GoldenTable read(Path file, Predicate<String> wanted) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16)) {
      List<String> header = Arrays.asList(lines.readLine().split(",", -1));
      Map<String, double[]> rows = new HashMap<>();
      List<String> keys = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String key = line.substring(0, line.indexOf(',', line.indexOf(',') + 1));
        if (!wanted.test(key)) {
          continue;
        }
        String[] cells = line.split(",", -1);
        if (cells.length != header.size()) {
          throw new IOException(
              file + ": " + cells.length + " cells for " + header.size() + " columns: " + line);
        }
        double[] values = new double[cells.length - 2];
        for (int i = 0; i < values.length; i++) {
          values[i] = number(cells[i + 2]);
        }
        if (rows.put(key, values) != null) {
          throw new IOException(file + ": two rows of " + key);
        }
        keys.add(key);
      }
      return new GoldenTable(header.subList(2, header.size()), rows, keys);
    }
  }

  private static double number(String cell) {
    return switch (cell) {
      case "" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }
}
