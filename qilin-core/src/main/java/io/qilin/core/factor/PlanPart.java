package io.qilin.core.factor;

/** Some of the expressions of a plan, as a plan of their own. Immutable. */
final class PlanPart {
  private final FactorPlan plan;
  private final int[] places;

  /**
   * A part.
   *
   * @param places where each of its expressions stands in the whole plan
   */
  PlanPart(FactorPlan plan, int[] places) {
    this.plan = plan;
    this.places = places.clone();
  }

  FactorPlan plan() {
    return plan;
  }

  /** Takes values of the part for one that takes values of the whole. */
  BatchRun.Sink to(BatchRun.Sink sink) {
    return (expression, day, first, values, offset, length) ->
        sink.write(places[expression], day, first, values, offset, length);
  }
}
