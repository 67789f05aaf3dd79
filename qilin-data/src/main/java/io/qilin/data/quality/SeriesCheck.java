package io.qilin.data.quality;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import java.util.List;
import java.util.Optional;

/** A check that looks at the instruments one after another, row by row. Stateless. */
abstract class SeriesCheck implements QualityCheck {
  /** Which prices a check reads. */
  enum View {
    /** As they were read. */
    AS_READ,
    /** As traded: adjusted prices divided by {@code $factor}; without it the check does not apply. */
    RAW
  }

  /** One pass over the data. */
  interface Judge {
    /** Judges one instrument; called for each in order. */
    void judge(Series series);

    /** Called after the last instrument. */
    default void end() {}
  }

  private final String rule;
  private final QualityDimension dimension;
  private final View view;
  private final List<Field> needs;

  /**
   * For subclasses.
   *
   * @param needs fields without which the check does not apply
   */
  SeriesCheck(String rule, QualityDimension dimension, View view, List<Field> needs) {
    this.rule = rule;
    this.dimension = dimension;
    this.view = view;
    this.needs = needs;
  }

  @Override
  public final String rule() {
    return rule;
  }

  @Override
  public final QualityDimension dimension() {
    return dimension;
  }

  @Override
  public final CheckOutcome check(QualityInput input) {
    Optional<Panel> seen = view(input.bars().panel());
    if (seen.isEmpty() || !seen.get().fields().containsAll(needs)) {
      return CheckOutcome.NOT_APPLICABLE;
    }
    FindingList findings = new FindingList(rule, dimension);
    Judge judge = start(input, seen.get(), findings);
    for (int i = 0; i < seen.get().symbols().size(); i++) {
      judge.judge(new Series(seen.get(), i));
    }
    judge.end();
    return findings.outcome();
  }

  /**
   * Begins a pass over the data.
   *
   * @param panel the prices in this check's view
   */
  abstract Judge start(QualityInput input, Panel panel, FindingList findings);

  private Optional<Panel> view(Panel panel) {
    if (view == View.AS_READ || panel.adjustment() == Adjustment.RAW) {
      return Optional.of(panel);
    }
    return panel.has(Field.FACTOR)
        ? Optional.of(panel.withAdjustment(Adjustment.RAW))
        : Optional.empty();
  }
}
