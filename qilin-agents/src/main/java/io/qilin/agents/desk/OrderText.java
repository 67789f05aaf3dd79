package io.qilin.agents.desk;

import io.qilin.agents.internal.ShortestDouble;
import io.qilin.api.money.Money;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An {@link OrderPlan} as named texts. */
final class OrderText {
  /**
   * A tenth of the default portfolio: the position for which the standard risk manager judges
   * liquidity.
   */
  static final Money DEFAULT_POSITION = Money.ofFen(10_000_000);

  private OrderText() {}

  static SortedMap<String, String> write(OrderPlan plan) {
    SortedMap<String, String> out = new TreeMap<>();
    out.put("order.position", number(plan.position()));
    out.put("order.chase", number(plan.chase()));
    out.put("order.volume-share", number(plan.volumeShare()));
    return out;
  }

  static OrderPlan read(Map<String, String> texts) {
    return new OrderPlan(
        SettingsText.number(texts, "order.position"),
        SettingsText.number(texts, "order.chase"),
        SettingsText.number(texts, "order.volume-share"));
  }

  static String number(double value) {
    return ShortestDouble.text(value);
  }
}
