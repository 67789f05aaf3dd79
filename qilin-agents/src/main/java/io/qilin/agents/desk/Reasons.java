package io.qilin.agents.desk;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.risk.ShareFacts;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says in plain lines why a share is recommended, and what speaks against it. */
final class Reasons {
  private static final int BEST_PARTS = 3;
  private static final double WORTH_SAYING = 0.01;

  private Reasons() {}

  static List<String> of(
      Judgement judgement, List<Opinion> opinions, Order order, RiskContext context) {
    List<String> out = new ArrayList<>();
    for (Opinion opinion : opinions) {
      out.add(opinion.fold(Reasons::scored, Reasons::abstained));
    }
    if (judgement.disagreement() >= WORTH_SAYING) {
      out.add("the analysts disagree by " + decimal(judgement.disagreement(), 2)
          + ", which shrinks the score");
    }
    Fees fees = MarketRuleBook.aShare()
        .at(context.session())
        .fees(ShareFacts.of(order.symbol(), context).board());
    Money cost = BuyingPower.cost(order.price(), order.shares(), fees);
    out.add("buy " + order.shares() + " shares on " + context.session() + " at no more than "
        + order.price().toPlainString() + " yuan; with fees at most " + cost + " yuan");
    return out;
  }

  private static String scored(Opinion.Scored opinion) {
    List<ScoreComponent> best = opinion.components().stream()
        .filter(ScoreComponent::known)
        .sorted(
            Comparator.comparingDouble((ScoreComponent part) -> -part.weight() * part.normalised())
                .thenComparing(ScoreComponent::name))
        .limit(BEST_PARTS)
        .toList();
    StringBuilder out = new StringBuilder();
    out.append(opinion.analyst())
        .append(opinion.score() < 0 ? " " : " +")
        .append(decimal(opinion.score(), 2));
    out.append(", confidence ").append(decimal(opinion.confidence(), 2));
    for (ScoreComponent part : best) {
      out.append(best.indexOf(part) == 0 ? ": " : ", ")
          .append(part.name())
          .append(' ')
          .append(value(part));
      out.append(" (").append(decimal(part.normalised(), 2)).append(')');
    }
    return out.toString();
  }

  private static String abstained(Opinion.Abstained opinion) {
    return opinion.analyst() + " abstains: " + opinion.reason();
  }

  private static String value(ScoreComponent part) {
    return part.unit().equals("fraction")
        ? decimal(part.raw() * 100, 1) + " %"
        : decimal(part.raw(), 2);
  }

  /**
   * Rounded half up from the exact value, so that every Java version prints the same; a negative
   * zero as zero.
   */
  private static String decimal(double value, int places) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString()
        : Double.toString(value);
  }
}
