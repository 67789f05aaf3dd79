package io.qilin.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The judging rule of the golden set: same NaN, same infinity, or within tolerance × max(|expected|, scale). */
final class GoldenJudge {
  private final Map<String, double[]> limits = new HashMap<>();
  private final Set<String> unstable = new HashSet<>();
  private final List<String> failures = new ArrayList<>();
  private long compared;
  private long skipped;

  /**
   * A judge for one set.
   *
   * @param features lines of a features or expressions file
   * @param tolerance the column with the tolerance, {@code tol_f64} or {@code tol_f32}
   * @param unstableCells lines of the list of unstable cells
   * @param set the name of the set in that list
   */
  GoldenJudge(List<String> features, String tolerance, List<String> unstableCells, String set) {
    List<String> header = List.of(features.get(0).split("\t", -1));
    for (String line : features.subList(1, features.size())) {
      String[] cells = line.split("\t", -1);
      limits.put(cells[header.indexOf("id")], new double[] {
        Double.parseDouble(cells[header.indexOf("scale")]),
        Double.parseDouble(cells[header.indexOf(tolerance)])
      });
    }
    for (String line : unstableCells.subList(1, unstableCells.size())) {
      String[] cells = line.split("\t", -1);
      if (cells[0].equals(set)) {
        unstable.add(cells[1] + "," + cells[2] + "," + cells[3]);
      }
    }
  }

  /** Compares every cell of the expected table with what was computed. */
  GoldenJudge compare(GoldenTable expected, GoldenTable got) {
    for (int c = 0; c < expected.columns().size(); c++) {
      String name = expected.columns().get(c);
      int at = got.columns().indexOf(name);
      if (at < 0) {
        failures.add("no column " + name);
        continue;
      }
      double[] limit = limits.get(name);
      for (String key : expected.keys()) {
        double[] row = got.rows().get(key);
        if (row == null) {
          failures.add("no row " + key);
        } else if (unstable.contains(key + "," + name)) {
          skipped++;
        } else {
          judge(key + "," + name, row[at], expected.rows().get(key)[c], limit);
        }
      }
    }
    return this;
  }

  private void judge(String cell, double got, double expected, double[] limit) {
    compared++;
    boolean same = !Double.isFinite(expected)
        ? Double.compare(got, expected) == 0
        : Math.abs(got - expected) <= limit[1] * Math.max(Math.abs(expected), limit[0]);
    if (!same) {
      failures.add(cell + ": got " + got + ", expected " + expected);
    }
  }

  long compared() {
    return compared;
  }

  List<String> failures() {
    return failures;
  }

  /** For example {@code 1,680,014 cells compared, 12 unstable cells skipped, 0 failed}. */
  @Override
  public String toString() {
    return compared + " cells compared, " + skipped + " unstable cells skipped, " + failures.size()
        + " failed";
  }
}
