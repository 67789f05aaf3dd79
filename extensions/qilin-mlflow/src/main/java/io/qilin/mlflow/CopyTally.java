package io.qilin.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what a copy does. Not thread-safe. */
final class CopyTally {
  long experiments;
  long runs;
  long points;
  long artifacts;
  long versions;
  private final Set<String> left = new LinkedHashSet<>();
  private long more;

  void left(String what) {
    if (left.size() < CopyReport.MOST_LEFT) {
      left.add(what);
    } else {
      more++;
    }
  }

  CopyReport report() {
    List<String> lines = new ArrayList<>(left);
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    return new CopyReport(experiments, runs, points, artifacts, versions, lines);
  }
}
