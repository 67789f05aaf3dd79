package io.qilin.core.factor;

import java.util.List;

/**
 * A plan cut where instruments meet, for an engine that holds data in partitions and moves it between them: stages over the
 * days of some instruments and stages over all instruments of a day take turns. The first and the last stage are
 * {@link FactorStage.TimeSeries}; the last one makes the factors. A plan without cross-sectional operators is one stage.
 *
 * <ol>
 *   <li>A time-series stage: split the panel by instrument, compute the stage's plan on each partition, keep its columns.
 *   <li>A cross-sectional stage: split those columns by day, give each operation the rows of its operands, keep the result
 *       as a field of the panel, {@code NaN} where an instrument has no row.
 *   <li>And so on. A later stage may read the results of every earlier one, and fields of the panel.
 * </ol>
 *
 * <p>The factors are the bits of {@link FactorPlan#compute(io.qilin.api.market.Panel)}, however data is split, if
 *
 * <ul>
 *   <li>partitions by instrument hold an instrument's rows from its first to its last day, suspended days as rows of
 *       {@code NaN}; or, where only some days are asked for, as many days before as the plans of the stage and of all later ones
 *       have {@link FactorPlan#warmUpRows} together;
 *   <li>each has all rows of the instruments that the stage's plan names (their values come out again in each partition);
 *   <li>cross-sections hold the instruments that have a row on the day, in the order of their symbols.
 * </ul>
 *
 * <p>One exception: where the engine takes missing fields for {@link MissingData#NAN} and nothing that an operation depends on
 * is there, its result should be left out as well. As a field of {@code NaN} it is known to {@code Count}, which is then 0.
 *
 * <p>The same factors give the same stages with the same names, so that each worker can make them by itself: nothing needs to
 * be sent but the factor set, and the names of the panel's fields. Immutable and safe to share.
 */
public final class FactorStages {
  private final List<FactorStage> stages;

  FactorStages(List<FactorStage> stages) {
    this.stages = List.copyOf(stages);
  }

  /** The stages in the order in which they must be computed; an odd number. */
  public List<FactorStage> stages() {
    return stages;
  }

  /** One line for each stage, with the columns that it makes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (FactorStage stage : stages) {
      String line = stage.<String>fold(
          series -> "by instrument: " + series.plan().names(),
          cross -> "by day: " + cross.operations());
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
