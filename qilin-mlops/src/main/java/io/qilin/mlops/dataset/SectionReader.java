package io.qilin.mlops.dataset;

import java.util.Arrays;
import java.util.List;

/** Reads day after day of a frame through some steps, always into the same section. Confined to one thread. */
final class SectionReader {
  private final FeatureFrame frame;
  private final List<Step> steps;
  private final Section section;
  private final double[] scratch;

  /**
   * A reader.
   *
   * @param needed of the frame's columns, those that are loaded; without the labels, if they are not to be
   */
  SectionReader(FeatureFrame frame, List<Step> steps, boolean[] needed) {
    this.frame = frame;
    this.steps = steps;
    this.section = new Section(needed, frame.mostRows());
    this.scratch = new double[frame.symbols().size()];
  }

  /** The rows of a day, until the next is read. */
  Section read(int day) {
    frame.load(section, day, scratch);
    for (Step step : steps) {
      step.apply(section);
    }
    return section;
  }

  /** The needed columns, and those by which steps drop rows. */
  static boolean[] alsoDropping(boolean[] needed, List<Step> steps, ColumnNames names) {
    boolean[] all = needed.clone();
    for (Step step : steps) {
      if (step instanceof DropRows drop) {
        // Steps between may have dropped columns; to load one too many only takes time.
        int first = names.first(drop.where());
        Arrays.fill(all, first, first + names.of(drop.where()).size(), true);
      }
    }
    return all;
  }
}
