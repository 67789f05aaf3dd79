package io.qilin.agents.consult;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions for the tests of second opinions. */
public final class Questions {
  static final Symbol SHARE = Symbol.parse("600519.SH");

  private static final MarketSnapshot SNAPSHOT = made();

  private Questions() {}

  static MarketSnapshot snapshot() {
    return SNAPSHOT;
  }

  private static MarketSnapshot made() {
    Panel panel = Panels.closes(10, 10.25, 11.5);
    return new MarketSnapshot(
        panel.lastDay(),
        panel,
        panel,
        Map.of(),
        new Provenance("test", "made", true),
        Optional.empty(),
        Optional.empty());
  }

  static List<Opinion> opinions(Symbol about) {
    return List.of(
        new Opinion.Scored(
            "market",
            about,
            0.31,
            0.7,
            1,
            List.of(
                new ScoreComponent("momentum-20d", 0.1234, "fraction", 0.71, 0.6, "bars"),
                new ScoreComponent("seal-amount", 3.2e8, "yuan", 0.8, 0.4, "bars")),
            List.of("UNBUYABLE"),
            List.of()),
        new Opinion.Abstained(
            "news",
            about,
            "nothing known",
            0.25,
            List.of(
                new ScoreComponent("tone", Double.NaN, "1", Double.NaN, 0.5, "news"),
                new ScoreComponent("drawdown", -0.056, "fraction", Double.NaN, 0.5, "bars")),
            List.of(),
            List.of()));
  }

  /** A question about a share whose score by rules is 0.31. */
  public static SecondOpinionQuestion about(String code) {
    Symbol symbol = Symbol.parse(code);
    return SecondOpinionQuestion.of("test/second", symbol, snapshot(), opinions(symbol))
        .withScore(0.31);
  }

  /** The same without any opinion. */
  public static SecondOpinionQuestion bare(String code) {
    return SecondOpinionQuestion.of("test/second", Symbol.parse(code), SNAPSHOT, List.of())
        .withScore(0.31);
  }

  /** A valid answer without numbers in its reasons. */
  public static String answer(String code, double score) {
    return "{\"code\":\"" + code + "\",\"score\":" + score
        + ",\"confidence\":1,\"recommendation\":\"HOLD\",\"reasons\":[\"as the rules say\"]}";
  }

  static LlmModel trainedUntil(LocalDate day) {
    return new LlmModel(
        "test", "remembers", EnumSet.allOf(LlmCapability.class), 10_000, 1_000, Optional.of(day));
  }
}
