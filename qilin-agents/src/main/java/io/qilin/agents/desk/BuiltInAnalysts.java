package io.qilin.agents.desk;

import io.qilin.agents.analyst.CallAuctionAnalyst;
import io.qilin.agents.analyst.DragonHeadAnalyst;
import io.qilin.agents.analyst.FundamentalsAnalyst;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.LimitUpQualityAnalyst;
import io.qilin.agents.analyst.LonghuBangAnalyst;
import io.qilin.agents.analyst.MarketAnalyst;
import io.qilin.agents.analyst.MarketEcologyAnalyst;
import io.qilin.agents.analyst.MoneyFlowAnalyst;
import io.qilin.agents.analyst.NewsAnalyst;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.analyst.SocialAnalyst;
import io.qilin.api.analysis.Analyst;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The analysts with a vote that come with Qilin, by id, as their settings make them. */
final class BuiltInAnalysts {
  /** Makes an analyst from its settings by name. */
  private interface Maker {
    Analyst make(Map<String, String> settings, LimitUpMemo memo);
  }

  private static final Map<String, Maker> MAKERS = Map.of(
      MarketAnalyst.ID, (settings, memo) -> new MarketAnalyst(preset(settings)),
      FundamentalsAnalyst.ID, (settings, memo) -> fundamentals(settings),
      NewsAnalyst.ID, (settings, memo) -> new NewsAnalyst(preset(settings)),
      SocialAnalyst.ID, (settings, memo) -> new SocialAnalyst(preset(settings)),
      LimitUpQualityAnalyst.ID,
          (settings, memo) -> LimitUpQualityAnalyst.builder()
              .preset(preset(settings))
              .memo(memo)
              .build(),
      DragonHeadAnalyst.ID,
          (settings, memo) ->
              DragonHeadAnalyst.builder().preset(preset(settings)).memo(memo).build(),
      MoneyFlowAnalyst.ID, (settings, memo) -> new MoneyFlowAnalyst(preset(settings), memo),
      LonghuBangAnalyst.ID,
          (settings, memo) ->
              LonghuBangAnalyst.builder().preset(preset(settings)).memo(memo).build(),
      CallAuctionAnalyst.ID, (settings, memo) -> new CallAuctionAnalyst(preset(settings), memo),
      MarketEcologyAnalyst.ID, BuiltInAnalysts::ecology);

  private BuiltInAnalysts() {}

  /** Their ids, sorted. */
  static Set<String> ids() {
    return new TreeSet<>(MAKERS.keySet());
  }

  /**
   * One of them; empty if there is none of the id.
   *
   * @throws io.qilin.api.error.QilinException RECORD_MISMATCH if a setting is missing or cannot be read
   */
  static Optional<Analyst> of(String id, Map<String, String> settings, LimitUpMemo memo) {
    return Optional.ofNullable(MAKERS.get(id)).map(maker -> maker.make(settings, memo));
  }

  private static Analyst fundamentals(Map<String, String> settings) {
    FundamentalsAnalyst.Builder builder = FundamentalsAnalyst.builder().preset(preset(settings));
    if (settings.containsKey("industry-themes")) {
      builder.industryThemes(SettingsText.text(settings, "industry-themes"));
    }
    return builder.build();
  }

  private static Analyst ecology(Map<String, String> settings, LimitUpMemo memo) {
    MarketEcologyAnalyst.Builder builder =
        MarketEcologyAnalyst.builder().preset(preset(settings)).memo(memo);
    if (settings.containsKey("min-shares")) {
      builder.minShares(SettingsText.read(settings, "min-shares", Integer::parseInt));
    }
    return builder.build();
  }

  static Preset preset(Map<String, String> settings) {
    return SettingsText.read(settings, "preset", Preset::parse);
  }
}
