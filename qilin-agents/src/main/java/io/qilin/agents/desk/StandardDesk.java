package io.qilin.agents.desk;

import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.RiskManagerAnalyst;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateModels;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.util.Map;
import java.util.Optional;

/** Builds a desk of built-in analysts again from the settings of its record. */
final class StandardDesk {
  private StandardDesk() {}

  /**
   * The desk.
   *
   * @param models what speaks in its debate, if models spoke
   * @throws QilinException ANALYST_NOT_FOUND if an analyst is not built in; UNSUPPORTED if the gate
   *     is not the standard one; RECORD_MISMATCH if a setting is missing or cannot be read
   */
  static ResearchDesk of(Map<String, String> settings, Optional<DebateModels> models) {
    if (settings.containsKey("risk.gate")) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "the record was made with a risk gate of its own; replay it with the desk that made it");
    }
    try {
      String risk = SettingsText.text(settings, "desk.risk-manager");
      LimitUpMemo memo = new LimitUpMemo();
      ResearchDesk.Builder builder = ResearchDesk.builder(analyst(risk, settings, memo))
          .memo(memo)
          .market(new MarketGate(
              SettingsText.read(settings, "desk.market-ice", SettingsText::truth),
              SettingsText.read(settings, "desk.market-breaker", Integer::parseInt)))
          .top(SettingsText.read(settings, "desk.top", Integer::parseInt))
          .minScore(SettingsText.number(settings, "desk.min-score"))
          .minCoverage(SettingsText.number(settings, "desk.min-coverage"))
          .minSafety(SettingsText.number(settings, "desk.min-safety"))
          .plan(OrderText.read(settings))
          .portfolio(PortfolioText.read(settings))
          .risk(RiskText.read(settings));
      for (String id : SettingsText.below(settings, "weight.").keySet()) {
        builder.analyst(analyst(id, settings, memo), SettingsText.number(settings, "weight." + id));
      }
      Map<String, String> debate = SettingsText.below(settings, "debate.");
      if (!debate.isEmpty()) {
        builder.debate(debate(debate, models));
      }
      return builder.build();
    } catch (QilinException e) {
      boolean setting =
          e.code() == ErrorCode.INVALID_CONFIGURATION || e.code() == ErrorCode.INVALID_ARGUMENT;
      throw setting
          ? new QilinException(
              ErrorCode.RECORD_MISMATCH, "the record's settings make no desk: " + e.getMessage(), e)
          : e;
    }
  }

  private static Debate debate(Map<String, String> settings, Optional<DebateModels> models) {
    Debate.Builder debate = Debate.of(settings);
    if (!settings.containsKey("quick")) {
      return debate.build();
    }
    if (models.isEmpty()) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "models spoke in the debate: replay it with clients that play their cassette back");
    }
    return debate.models(models.get()).build();
  }

  private static Analyst analyst(String id, Map<String, String> settings, LimitUpMemo memo) {
    Map<String, String> own = SettingsText.below(settings, "analyst." + id + ".");
    if (id.equals(RiskManagerAnalyst.ID)) {
      return new RiskManagerAnalyst(
          BuiltInAnalysts.preset(own), SettingsText.read(own, "position", Money::parse));
    }
    if (!BuiltInAnalysts.ids().contains(id)) {
      throw new QilinException(
          ErrorCode.ANALYST_NOT_FOUND,
          "no built-in analyst is called " + QilinException.quote(id) + "; there are "
              + RiskManagerAnalyst.ID + " and " + BuiltInAnalysts.ids()
              + ". Replay the record with the desk that made it");
    }
    return BuiltInAnalysts.of(id, own, memo).orElseThrow();
  }
}
