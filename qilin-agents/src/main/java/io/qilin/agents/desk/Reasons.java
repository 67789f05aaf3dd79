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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says in plain lines why a share is recommended, and what speaks against it. */
final class Reasons {
  private static final int BEST_PARTS = 3;
  private static final double WORTH_SAYING = 0.01;

  private Reasons() {}

  static List<String> of(Judgement judgement, List<Opinion> opinions, Order order, RiskContext context) {
    List<String> out = new ArrayList<>();
    for (Opinion opinion : opinions) {
      out.add(opinion.fold(Reasons::scored, Reasons::abstained));
    }
    if (judgement.disagreement() >= WORTH_SAYING) {
      out.add(format("the analysts disagree by %.2f, which shrinks the score", judgement.disagreement()));
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
        .sorted(Comparator.comparingDouble((ScoreComponent part) -> -part.weight() * part.normalised())
            .thenComparing(ScoreComponent::name))
        .limit(BEST_PARTS)
        .toList();
    StringBuilder out = new StringBuilder();
    out.append(format("%s %+.2f, confidence %.2f", opinion.analyst(), opinion.score(), opinion.confidence()));
    for (ScoreComponent part : best) {
      out.append(best.indexOf(part) == 0 ? ": " : ", ").append(part.name()).append(' ').append(value(part));
      out.append(format(" (%.2f)", part.normalised()));
    }
    return out.toString();
  }

  private static String abstained(Opinion.Abstained opinion) {
    return opinion.analyst() + " abstains: " + opinion.reason();
  }

  private static String value(ScoreComponent part) {
    return part.unit().equals("fraction")
        ? format("%.1f %%", part.raw() * 100)
        : format("%.2f", part.raw());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
