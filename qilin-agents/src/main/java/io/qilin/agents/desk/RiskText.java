package io.qilin.agents.desk;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.core.risk.RiskSettings;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@link RiskSettings} as named texts. */
final class RiskText {
  private static final String PREFIX = "risk.";

  private RiskText() {}

  static SortedMap<String, String> write(RiskSettings settings) {
    SortedMap<String, String> out = new TreeMap<>();
    out.put(PREFIX + "profile", settings.profile());
    out.put(PREFIX + "single", OrderText.number(settings.single()));
    out.put(PREFIX + "total", OrderText.number(settings.total()));
    out.put(PREFIX + "sector", OrderText.number(settings.sector()));
    out.put(PREFIX + "position-loss", OrderText.number(settings.positionLoss()));
    out.put(PREFIX + "one-day-stress", OrderText.number(settings.oneDayStress()));
    out.put(PREFIX + "two-day-stress", OrderText.number(settings.twoDayStress()));
    out.put(PREFIX + "locked-stress", OrderText.number(settings.lockedStress()));
    out.put(PREFIX + "drawdown", OrderText.number(settings.drawdown()));
    out.put(PREFIX + "daily-loss", OrderText.number(settings.dailyLoss()));
    out.put(PREFIX + "value-at-risk", OrderText.number(settings.valueAtRisk()));
    out.put(PREFIX + "volume-share", OrderText.number(settings.volumeShare()));
    out.put(PREFIX + "min-volume", Long.toString(settings.minVolume()));
    out.put(PREFIX + "min-turnover", OrderText.number(settings.minTurnover()));
    out.put(
        PREFIX + "boards",
        settings.boards().stream().map(Board::name).collect(Collectors.joining(",")));
    out.put(
        PREFIX + "warnings",
        settings.warnings().stream().map(RiskWarning::name).collect(Collectors.joining(",")));
    out.put(PREFIX + "require-status", Boolean.toString(settings.requireStatus()));
    out.put(PREFIX + "continuous", Boolean.toString(settings.continuous()));
    out.put(PREFIX + "high-water-mark", money(settings.highWaterMark()));
    out.put(PREFIX + "day-start", money(settings.dayStart()));
    settings.sectors().forEach((symbol, sector) -> out.put(PREFIX + "sector." + symbol, sector));
    return out;
  }

  static RiskSettings read(Map<String, String> texts) {
    Map<Symbol, String> sectors = new TreeMap<>();
    SettingsText.below(texts, PREFIX + "sector.")
        .keySet()
        .forEach(name -> sectors.put(
            SettingsText.read(Map.of("sector", name), "sector", Symbol::parseAny),
            SettingsText.text(texts, PREFIX + "sector." + name)));
    return new RiskSettings(
        SettingsText.text(texts, PREFIX + "profile"),
        SettingsText.number(texts, PREFIX + "single"),
        SettingsText.number(texts, PREFIX + "total"),
        SettingsText.number(texts, PREFIX + "sector"),
        SettingsText.number(texts, PREFIX + "position-loss"),
        SettingsText.number(texts, PREFIX + "one-day-stress"),
        SettingsText.number(texts, PREFIX + "two-day-stress"),
        SettingsText.number(texts, PREFIX + "locked-stress"),
        SettingsText.number(texts, PREFIX + "drawdown"),
        SettingsText.number(texts, PREFIX + "daily-loss"),
        SettingsText.number(texts, PREFIX + "value-at-risk"),
        SettingsText.number(texts, PREFIX + "volume-share"),
        SettingsText.read(texts, PREFIX + "min-volume", Long::parseLong),
        SettingsText.number(texts, PREFIX + "min-turnover"),
        SettingsText.read(
            texts,
            PREFIX + "boards",
            text -> SettingsText.parts(text, ",").stream()
                .map(Board::valueOf)
                .collect(Collectors.toCollection(TreeSet::new))),
        SettingsText.read(
            texts,
            PREFIX + "warnings",
            text -> SettingsText.parts(text, ",").stream()
                .map(RiskWarning::valueOf)
                .collect(Collectors.toCollection(TreeSet::new))),
        flag(texts, PREFIX + "require-status"),
        flag(texts, PREFIX + "continuous"),
        money(texts, PREFIX + "high-water-mark"),
        money(texts, PREFIX + "day-start"),
        sectors);
  }

  private static String money(Optional<Money> amount) {
    return amount.map(Money::toString).orElse("");
  }

  private static Optional<Money> money(Map<String, String> texts, String name) {
    return SettingsText.read(
        texts, name, text -> text.isEmpty() ? Optional.empty() : Optional.of(Money.parse(text)));
  }

  private static boolean flag(Map<String, String> texts, String name) {
    return SettingsText.read(texts, name, text -> switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QilinException.invalid("neither true nor false");
    });
  }
}
