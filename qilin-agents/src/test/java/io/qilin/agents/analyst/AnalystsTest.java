package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalystsTest {
  private static final String SERVICE = "META-INF/services/io.qilin.api.analysis.Analyst";

  /** An analyst with nothing to say. */
  private record Silent(String id) implements Analyst {
    @Override
    public String title() {
      return id;
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      return Map.of();
    }
  }

  /** Another analyst that calls itself news. */
  public static final class SecondNews implements Analyst {
    @Override
    public String id() {
      return NewsAnalyst.ID;
    }

    @Override
    public String title() {
      return "Second news";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      return Map.of();
    }
  }

  private static Analysts with(Path folder, String services) throws IOException {
    Path file = folder.resolve(SERVICE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, services);
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, AnalystsTest.class.getClassLoader())) {
      return Analysts.discover(loader);
    }
  }

  @Test
  void whenDiscovered_thenTheBuiltInOnesAreThereInOrder() {
    assertThat(Analysts.discover().ids())
        .isSorted()
        .contains(
            CallAuctionAnalyst.ID,
            DragonHeadAnalyst.ID,
            FundamentalsAnalyst.ID,
            LimitUpQualityAnalyst.ID,
            LonghuBangAnalyst.ID,
            MarketAnalyst.ID,
            MarketEcologyAnalyst.ID,
            MoneyFlowAnalyst.ID,
            NewsAnalyst.ID,
            RiskManagerAnalyst.ID,
            SocialAnalyst.ID)
        .hasSize(11);
    assertThat(Analysts.discover().broken()).isEmpty();
    assertThat(Analysts.discover().all()).extracting(Analyst::id).isSorted();
  }

  @Test
  void whenTwoHaveOneId_thenTheyAreRefusedWithBothClasses(@TempDir Path folder) {
    assertThatThrownBy(() -> with(folder, SecondNews.class.getName()))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(NewsAnalyst.class.getName())
        .hasMessageContaining(SecondNews.class.getName());
  }

  @Test
  void whenAPlugInIsBroken_thenTheOthersAreThereAndItIsNamed(@TempDir Path folder)
      throws IOException {
    Analysts analysts = with(folder, "io.example.Missing\nio.qilin.agents.analyst.Preset");
    assertThat(analysts.ids()).hasSize(11);
    assertThat(analysts.broken()).hasSize(2).anyMatch(line -> line.contains("io.example.Missing"));
    assertThatThrownBy(() -> analysts.get("missing")).hasMessageContaining("io.example.Missing");
  }

  @Test
  void whenAnIdIsOdd_thenTheAnalystIsBroken() {
    Analysts analysts = Analysts.of(List.of(new Silent("b"), new Silent("a"), new Silent("A\nB")));
    assertThat(analysts.ids()).containsExactly("a", "b");
    assertThat(analysts.broken()).singleElement().asString().doesNotContain("\n");
    assertThat(analysts.get("a").title()).isEqualTo("a");
  }

  @Test
  void whenAnIdIsUnknown_thenTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> Analysts.of(List.of(new Silent("a"))).get("b"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANALYST_NOT_FOUND))
        .hasMessageContaining("known are a");
  }
}
