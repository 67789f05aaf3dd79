package io.qilin.agents.desk;

import io.qilin.agents.analyst.CallAuctionAnalyst;
import io.qilin.agents.analyst.DragonHeadAnalyst;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.LimitUpQualityAnalyst;
import io.qilin.agents.analyst.LonghuBangAnalyst;
import io.qilin.agents.analyst.MarketAnalyst;
import io.qilin.agents.analyst.MarketEcologyAnalyst;
import io.qilin.agents.analyst.MoneyFlowAnalyst;
import io.qilin.agents.analyst.Preset;
import io.qilin.api.analysis.Analyst;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The analysts with a vote that come with Qilin, by id, as their settings make them. */
final class BuiltInAnalysts {
  private static final SortedMap<String, BiFunction<Preset, LimitUpMemo, Analyst>> MAKERS =
      new TreeMap<>();

  static {
    MAKERS.put(MarketAnalyst.ID, (preset, memo) -> new MarketAnalyst(preset));
    MAKERS.put(
        LimitUpQualityAnalyst.ID,
        (preset, memo) ->
            LimitUpQualityAnalyst.builder().preset(preset).memo(memo).build());
    MAKERS.put(
        DragonHeadAnalyst.ID,
        (preset, memo) -> DragonHeadAnalyst.builder().preset(preset).memo(memo).build());
    MAKERS.put(MoneyFlowAnalyst.ID, MoneyFlowAnalyst::new);
    MAKERS.put(
        LonghuBangAnalyst.ID,
        (preset, memo) -> LonghuBangAnalyst.builder().preset(preset).memo(memo).build());
    MAKERS.put(CallAuctionAnalyst.ID, CallAuctionAnalyst::new);
    MAKERS.put(
        MarketEcologyAnalyst.ID,
        (preset, memo) ->
            MarketEcologyAnalyst.builder().preset(preset).memo(memo).build());
  }

  private BuiltInAnalysts() {}

  /** Their ids. */
  static SortedSet<String> ids() {
    return new TreeSet<>(MAKERS.keySet());
  }

  /** One of them; empty if there is none of the id. */
  static Optional<Analyst> of(String id, Preset preset, LimitUpMemo memo) {
    return Optional.ofNullable(MAKERS.get(id)).map(maker -> maker.apply(preset, memo));
  }
}
