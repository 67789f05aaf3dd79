package io.qilin.mlops.job;

/**
 * An event that has no number yet.
 *
 * @param at milliseconds since 1970
 * @param text the line, the figure's name, or the state
 */
record Note(Kind kind, long at, String text, long step, double amount) {
  enum Kind {
    MOVED,
    LINE,
    PROGRESS,
    FIGURE
  }

  static Note moved(long at, JobState state) {
    return new Note(Kind.MOVED, at, state.name(), 0, Double.NaN);
  }
}
