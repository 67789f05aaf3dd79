package io.qilin.spring.agents;

import io.qilin.agents.analyst.Analysts;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.RiskManagerAnalyst;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.spring.PropertyRefused;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who sits at the desk: the built-in analysts with their preset's weights, those of plug-ins, and the application's beans,
 * which replace one of the same id.
 *
 * @param riskManager says how safe a share is
 * @param analysts by id, those with a weight
 * @param weights by id
 * @param broken plug-ins that cannot be loaded
 */
record Voters(
    Analyst riskManager,
    SortedMap<String, Analyst> analysts,
    SortedMap<String, Double> weights,
    List<String> broken) {
  /** The worth of an order that the risk manager has in mind, as on the standard desk. */
  private static final Money POSITION = Money.ofFen(10_000_000);

  /**
   * Seats them.
   *
   * @param beans the application's own
   * @throws PropertyRefused if a weight is for nobody
   * @throws QilinException INVALID_CONFIGURATION if two analysts of the application have one id, or an analyst has none
   */
  static Voters of(
      DeskProperties properties, LimitUpMemo memo, ClassLoader loader, List<Analyst> beans) {
    Map<String, Analyst> builtIn = ResearchDesk.analysts(properties.preset(), memo);
    SortedMap<String, Double> usual = ResearchDesk.weights(properties.preset());
    Analysts found = Analysts.discover(loader);
    SortedMap<String, Analyst> all = new TreeMap<>();
    found.all().forEach(one -> all.put(one.id(), one));
    all.remove(RiskManagerAnalyst.ID);
    all.putAll(builtIn);
    Analyst riskManager = new RiskManagerAnalyst(properties.preset(), POSITION);
    for (Analyst one : own(beans)) {
      if (one.id().equals(RiskManagerAnalyst.ID)) {
        riskManager = one;
      } else {
        all.put(one.id(), one);
      }
    }
    SortedMap<String, Double> weights = new TreeMap<>();
    for (String id : all.keySet()) {
      double otherwise = builtIn.containsKey(id) ? 0 : properties.otherWeight();
      double weight = properties.weights().getOrDefault(id, usual.getOrDefault(id, otherwise));
      if (weight > 0) {
        weights.put(id, weight);
      }
    }
    properties
        .weights()
        .forEach((id, weight) -> PropertyRefused.unless(
            all.containsKey(id),
            "qilin.desk.weights." + id,
            weight,
            "no analyst has this id" + NearestName.hint(id, all.keySet()) + "; there are "
                + all.keySet()));
    all.keySet().retainAll(weights.keySet());
    return new Voters(riskManager, all, weights, found.broken());
  }

  private static Iterable<Analyst> own(List<Analyst> beans) {
    Analysts own = Analysts.of(beans);
    if (!own.broken().isEmpty()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "an analyst of the application cannot be used: " + String.join("; ", own.broken()));
    }
    return own.all();
  }
}
