package io.qilin.mlops.abtest;

import io.qilin.mlops.abtest.Effect.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What follows from the effects. */
final class Judge {
  /** What is concluded, and the arm that is to be used. */
  record Verdict(Conclusion conclusion, Optional<String> winner) {}

  private Judge() {}

  static Standing primary(double lower, double upper, double margin) {
    if (lower > 0) {
      return Standing.BETTER;
    }
    if (upper < 0) {
      return Standing.WORSE;
    }
    return lower >= -margin && upper <= margin && margin > 0 ? Standing.SAME : Standing.OPEN;
  }

  static Standing guard(double lower, double upper, double margin) {
    if (lower > 0) {
      return Standing.BETTER;
    }
    if (upper < -margin) {
      return Standing.WORSE;
    }
    return lower >= -margin ? Standing.SAME : Standing.OPEN;
  }

  static Verdict verdict(AbTestPlan plan, List<Effect> effects) {
    List<Effect> winners = new ArrayList<>();
    boolean open = false;
    boolean worse = false;
    for (Effect effect : effects) {
      if (effect.metric() != plan.primary().metric()) {
        continue;
      }
      switch (effect.standing()) {
        case BETTER -> {
          if (guards(effects, effect.arm(), plan, Standing.WORSE)) {
            worse = true;
          } else if (guards(effects, effect.arm(), plan, Standing.TOO_FEW)) {
            open = true;
          } else {
            winners.add(effect);
          }
        }
        case WORSE -> worse = true;
        case SAME -> {}
        case OPEN, TOO_FEW -> open = true;
      }
    }
    if (!winners.isEmpty()) {
      return winners.stream()
          .max(Comparator.comparingDouble(Effect::estimate))
          .map(best -> new Verdict(Conclusion.WINNER, Optional.of(best.arm())))
          .orElseThrow();
    }
    if (open) {
      return new Verdict(Conclusion.CONTINUE, Optional.empty());
    }
    return new Verdict(
        worse ? Conclusion.CONTROL : Conclusion.NO_DIFFERENCE,
        Optional.of(plan.control().name()));
  }

  private static boolean guards(
      List<Effect> effects, String arm, AbTestPlan plan, Standing standing) {
    return effects.stream()
        .anyMatch(effect -> effect.metric() != plan.primary().metric()
            && effect.arm().equals(arm)
            && effect.standing() == standing);
  }
}
