package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.RiskWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/qilin/agents/analyst");
  private static final Pattern FLAG = Pattern.compile(
      "(?:flag|flags\\.add|once)\\(([^;]*?)\"([A-Z][A-Z_]+)\"(?: : \"([A-Z_]+)\")?");
  private static final List<ScoreSheet> SHEETS = List.of(
      CallAuctionAnalyst.SHEET,
      DragonHeadAnalyst.SHEET,
      DragonHeadAnalyst.LEGACY_SHEET,
      FundamentalMeasures.SHEET,
      FundamentalMeasures.LEGACY_SHEET,
      LegacyAuction.SHEET,
      LegacyEcology.SHEET,
      LegacyLimitUp.SHEET,
      LegacyRisk.SHEET,
      LegacySeats.SHEET,
      LegacyTechnical.SHEET,
      MarketMeasures.SHEET,
      MoneyFlowAnalyst.SHEET,
      MoneyFlowAnalyst.LEGACY_SHEET,
      NewsAnalyst.SHEET,
      NewsAnalyst.LEGACY_SHEET,
      SafetyMeasures.SHEET,
      SocialAnalyst.SHEET,
      SocialAnalyst.LEGACY_SHEET,
      StandardEcology.SHEET,
      StandardLimitUp.SHEET,
      StandardSeats.SHEET);

  private static void assertNamed(String key, Label label) {
    assertThat(label.chinese()).as("Chinese name of %s", key).containsPattern("\\p{IsHan}");
    assertThat(label.english())
        .as("English name of %s", key)
        .isNotBlank()
        .isNotEqualTo(label.chinese());
  }

  @Test
  void whenAComponentIsBuiltIn_thenItHasANameInBothLanguages() {
    for (ScoreSheet sheet : SHEETS) {
      String analyst = sheet.row().opinion(Papers.SHARE).analyst();
      assertNamed(analyst, Labels.analyst(analyst));
      for (ScoreSheet.Part part : sheet.parts()) {
        assertNamed(analyst + "/" + part.name(), Labels.component(analyst, part.name()));
      }
    }
  }

  @Test
  void whenAnAnalystIsDiscovered_thenItHasANameAndASheetAbove() {
    List<String> sheets = SHEETS.stream()
        .map(sheet -> sheet.row().opinion(Papers.SHARE).analyst())
        .toList();
    for (Analyst analyst : Analysts.discover().all()) {
      assertNamed(analyst.id(), Labels.analyst(analyst.id()));
      assertThat(sheets).contains(analyst.id());
    }
  }

  @Test
  void whenAFlagIsBuiltIn_thenItHasANameInBothLanguages() throws IOException {
    TreeSet<String> flags = new TreeSet<>(List.of(
        SealRecords.CONTRADICTORY,
        SealRecords.UNITS,
        "MARKET_LEADER",
        "THEME_LEADER",
        "CORE",
        "FOLLOWER",
        "LATE_STARTER",
        "BUY_CANDIDATE",
        "WATCH",
        "AVOID"));
    for (MarketPhase phase : MarketPhase.values()) {
      flags.add("PHASE_" + phase);
    }
    for (ShareKind kind : ShareKind.values()) {
      flags.add("KIND_" + kind);
    }
    for (RiskWarning warning : RiskWarning.values()) {
      if (warning != RiskWarning.NONE) {
        flags.add(warning.name());
      }
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(SOURCES)) {
      all.sorted().forEach(files::add);
    }
    for (Path file : files) {
      Matcher matcher = FLAG.matcher(Files.readString(file));
      while (matcher.find()) {
        flags.add(matcher.group(2));
        if (matcher.group(3) != null) {
          flags.add(matcher.group(3));
        }
      }
    }
    flags.remove("KIND_");
    assertThat(flags).hasSizeGreaterThan(50);
    flags.forEach(
        flag -> assertNamed(flag, Labels.flag(flag.equals("STREAK_") ? "STREAK_3" : flag)));
  }

  @Test
  void whenAFlagHasANumber_thenItStandsBeforeTheName() {
    assertThat(Labels.flag("STREAK_3")).hasToString("3 days sealed running (3连板)");
  }

  @Test
  void whenANameIsNotKnown_thenItIsItsOwn() {
    assertThat(Labels.component("mine", "x")).hasToString("x");
    assertThat(Labels.flag("MY_FLAG")).hasToString("MY_FLAG");
    assertThat(Labels.flag("")).hasToString("");
    assertThat(Labels.analyst("mine")).hasToString("mine");
  }

  @Test
  void whenAnOutcomeIsPrinted_thenItIsBilingual() {
    Opinion opinion = NewsAnalyst.SHEET.row().opinion(Papers.SHARE);
    assertThat(Labels.outcome(opinion)).hasToString("abstained (弃权)");
  }
}
