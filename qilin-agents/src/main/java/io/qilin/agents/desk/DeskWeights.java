package io.qilin.agents.desk;

import io.qilin.agents.analyst.CallAuctionAnalyst;
import io.qilin.agents.analyst.DragonHeadAnalyst;
import io.qilin.agents.analyst.LimitUpQualityAnalyst;
import io.qilin.agents.analyst.LonghuBangAnalyst;
import io.qilin.agents.analyst.MarketAnalyst;
import io.qilin.agents.analyst.MarketEcologyAnalyst;
import io.qilin.agents.analyst.MoneyFlowAnalyst;
import io.qilin.agents.analyst.Preset;
import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights of the built-in analysts, in thousandths that add up to 1000.
 *
 * <p>{@link Preset#STANDARD} is a choice, not an estimate: a third for what prices and reports say
 * (market, fundamentals), the rest for what moves shares from one day to the next. Weights learnt from
 * outcomes come from {@link io.qilin.agents.evaluation.WeightEstimate}.
 *
 * <p>{@link Preset#LEGACY} follows qilin_stack, whose weights add up to 1.05: limit-up quality 0.15,
 * leader 0.15, auction 0.12, money flow 0.12, emotion 0.10, technical 0.08, position 0.08, risk 0.10,
 * news 0.08, sector 0.07. Risk has no vote here. Sector goes to the leader, which is judged within its
 * theme; position goes to technical, as both are read from prices; emotion is the market's ecology.
 * The 0.95 that are left are scaled to 1. It has no Dragon-Tiger list, fundamentals and posts.
 */
final class DeskWeights {
  private static final int WHOLE = 1000;

  private static final Map<String, Integer> STANDARD = Map.of(
      MarketAnalyst.ID,
      200,
      "fundamentals",
      120,
      "news",
      80,
      "social",
      50,
      LimitUpQualityAnalyst.ID,
      120,
      DragonHeadAnalyst.ID,
      110,
      MoneyFlowAnalyst.ID,
      120,
      LonghuBangAnalyst.ID,
      70,
      CallAuctionAnalyst.ID,
      60,
      MarketEcologyAnalyst.ID,
      70);

  private static final Map<String, Integer> LEGACY = Map.of(
      LimitUpQualityAnalyst.ID,
      158,
      DragonHeadAnalyst.ID,
      232,
      CallAuctionAnalyst.ID,
      126,
      MoneyFlowAnalyst.ID,
      126,
      MarketEcologyAnalyst.ID,
      105,
      MarketAnalyst.ID,
      169,
      "news",
      84);

  private DeskWeights() {}

  /**
   * Weights by analyst id.
   *
   * @throws QilinException INVALID_ARGUMENT if they do not add up
   */
  static SortedMap<String, Double> of(Preset preset) {
    Map<String, Integer> table = preset == Preset.LEGACY ? LEGACY : STANDARD;
    int sum = table.values().stream().mapToInt(Integer::intValue).sum();
    if (sum != WHOLE) {
      throw QilinException.invalid(
          "the weights of " + preset + " add up to " + sum + " thousandths, not to " + WHOLE);
    }
    SortedMap<String, Double> weights = new TreeMap<>();
    table.forEach((id, perMille) -> weights.put(id, perMille / (double) WHOLE));
    return Collections.unmodifiableSortedMap(weights);
  }
}
