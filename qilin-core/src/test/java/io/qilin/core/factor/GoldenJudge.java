package io.qilin.core.factor;

import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges values against an expected file by the rule of the golden sets: both {@code NaN}, both the same infinity, or
 * |got − expected| ≤ tolerance × max(|expected|, scale); cells that are known to be rounding noise in Qlib are skipped.
 */
final class GoldenJudge {
  private final Map<String, Label> expressions = new TreeMap<>();
  private final Map<String, Double> scales = new HashMap<>();
  private final Map<String, Double> tolerances = new HashMap<>();
  private final Set<String> unstable = new HashSet<>();
  /** The rows that have unstable cells. */
  private final Set<String> unstableRows = new HashSet<>();

  private final List<String> failures = new ArrayList<>();
  private long cells;
  private long skipped;

  /** Computed values. */
  interface Values {
    /**
     * One value.
     *
     * @param column number of the expression among those asked for
     */
    double at(int column, int instrument, int day);
  }

  /**
   * Reads expressions and tolerances.
   *
   * @param tolerance {@code tol_f64} or {@code tol_f32}
   */
  GoldenJudge(Path features, String tolerance) {
    List<String[]> lines = GoldenFiles.table(features, "\t");
    int column = List.of(lines.get(0)).indexOf(tolerance);
    for (String[] line : lines.subList(1, lines.size())) {
      expressions.put(line[0], new Label(line[0], line[1]));
      scales.put(line[0], Double.parseDouble(line[2]));
      tolerances.put(line[0], Double.parseDouble(line[column]));
    }
  }

  /** Cells to skip, those of the named set. */
  GoldenJudge skipping(Path unstableCells, String set) {
    if (Files.exists(unstableCells)) {
      GoldenFiles.table(unstableCells, "\t").stream()
          .filter(line -> line[0].equals(set))
          .forEach(line -> {
            unstable.add(line[1] + line[2] + line[3]);
            unstableRows.add(line[1] + line[2]);
          });
    }
    return this;
  }

  /** Computes the columns of the expected file over the panel and compares every cell. */
  GoldenJudge judge(Panel panel, Path expected) {
    List<String[]> lines = GoldenFiles.table(expected, ",");
    FactorEngine engine = FactorEngine.builder().missing(MissingData.NAN).build();
    List<Label> wanted = columns(lines);
    LabelTable values = engine.labels(panel, wanted);
    return judge(panel, lines, wanted, values::value);
  }

  /** The expressions of the columns of an expected table. */
  private List<Label> columns(List<String[]> expected) {
    return Arrays.stream(expected.get(0)).skip(2).map(expressions::get).toList();
  }

  /** All expressions that have tolerances, by name. */
  List<Label> expressions() {
    return List.copyOf(expressions.values());
  }

  /**
   * Compares every cell of some columns.
   *
   * @param computed the columns, as values are numbered; those that the table lacks are passed over
   */
  GoldenJudge judge(Panel panel, List<String[]> expected, List<Label> computed, Values values) {
    List<String> header = List.of(expected.get(0));
    int[] places =
        computed.stream().mapToInt(label -> header.indexOf(label.name())).toArray();
    for (String[] line : expected.subList(1, expected.size())) {
      int day = panel.indexOf(LocalDate.parse(line[0]));
      int instrument = panel.indexOf(Symbol.parseAny(line[1]));
      boolean noisy = unstableRows.contains(line[0] + line[1]);
      for (int c = 0; c < places.length; c++) {
        String name = computed.get(c).name();
        if (noisy && unstable.contains(line[0] + line[1] + name)) {
          skipped++;
        } else if (places[c] >= 0) {
          double known = GoldenFiles.number(line[places[c]]);
          compare(name, line, known, values.at(c, instrument, day));
        }
      }
    }
    return this;
  }

  private void compare(String name, String[] line, double expected, double got) {
    cells++;
    if (Double.compare(expected, got) == 0 || expected == got) {
      return;
    }
    double difference = Math.abs(got - expected) / Math.max(Math.abs(expected), scales.get(name));
    if (!(difference <= tolerances.get(name))) {
      failures.add(name + " " + line[0] + " " + line[1] + " expected " + expected + " got " + got);
    }
  }

  /** The cells beyond tolerance. */
  List<String> failures() {
    return failures;
  }

  long cells() {
    return cells;
  }

  @Override
  public String toString() {
    return cells + " cells, " + skipped + " skipped, " + failures.size() + " failures";
  }
}
