package io.qilin.mlflow;

import java.util.List;

/**
 * What a copy has written, and what it could not carry over.
 *
 * @param experiments made
 * @param runs made
 * @param points of metrics logged
 * @param artifacts files of runs written
 * @param versions of models registered
 * @param left for people: what differs in the target, at most {@value #MOST_LEFT} lines and then their number
 */
public record CopyReport(
    long experiments, long runs, long points, long artifacts, long versions, List<String> left) {
  /** So many lines of {@link #left} are kept. */
  public static final int MOST_LEFT = 1_000;

  /** Copies the list. */
  public CopyReport {
    left = List.copyOf(left);
  }

  /** Whether nothing was written, as when all was there already. */
  public boolean isNothingNew() {
    return experiments + runs + points + artifacts + versions == 0;
  }
}
