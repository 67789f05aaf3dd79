package io.qilin.agents.desk;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.risk.ShareFacts;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.MarketRuleBook;
import java.util.ArrayList;
import java.util.List;

/** Says in plain lines why a share is recommended, and what speaks against it. */
final class Reasons {
  private static final double WORTH_SAYING = 0.01;

  private Reasons() {}

  static List<String> of(
      Judgement judgement, List<Opinion> opinions, Order order, RiskContext context) {
    List<String> out = new ArrayList<>();
    for (Opinion opinion : opinions) {
      out.add(OpinionLine.of(opinion));
    }
    if (judgement.disagreement() >= WORTH_SAYING) {
      out.add("the analysts disagree by " + OpinionLine.decimal(judgement.disagreement(), 2)
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
}
