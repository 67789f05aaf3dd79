package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static io.qilin.agents.analyst.Records.seal;
import static io.qilin.agents.analyst.Records.theme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.ThemeMembership;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DragonHeadAnalystTest {
  private static final List<LocalDate> DAYS = Panels.weekdays(LocalDate.of(2023, 12, 18), 13);

  private static Symbol share(int k) {
    return Markets.share(k);
  }

  /**
   * Share 1 is sealed for the third day, 2 and 3 for the first, 4 breaks, 5 rises, 6 has no theme
   * and is sealed for the second day. Share k trades for k million yuan on the last day.
   */
  private static Panel panel() {
    List<String> rows = new ArrayList<>();
    for (int d = 0; d < DAYS.size(); d++) {
      int left = DAYS.size() - d;
      rows.add(row(d, 1, left <= 3));
      rows.add(row(d, 2, left <= 1));
      rows.add(row(d, 3, left <= 1));
      rows.add(DAYS.get(d) + " " + share(4) + (left == 1 ? " 10 11 10 10.5" : " 10 10 10 10")
          + " 400000 4000000 10");
      rows.add(DAYS.get(d) + " " + share(5) + (left == 1 ? " 20 20.6 20 20.6" : " 20 20 20 20")
          + " 500000 5000000 20");
      rows.add(row(d, 6, left <= 2));
    }
    return Records.bars(rows);
  }

  private static String row(int d, int k, boolean sealed) {
    return DAYS.get(d) + " " + share(k) + (sealed ? " 10 11 10 11" : " 10 10 10 10") + " " + k
        + "00000 " + k + "000000 10";
  }

  private static List<MarketRecord> themes() {
    List<MarketRecord> records = new ArrayList<>();
    for (int k = 1; k <= 5; k++) {
      records.add(theme(share(k), "chips"));
    }
    return records;
  }

  /** Share 1 seals at 09:40, 2 at 09:50, 3 at 13:30; 4 at 10:00 and breaks. */
  private static List<MarketRecord> withSeals() {
    List<MarketRecord> records = themes();
    records.add(seal(share(1), DAY, "09:40:00", 1e6, 0));
    records.add(seal(share(2), DAY, "09:50:00", 1e6, 0));
    records.add(seal(share(3), DAY, "13:30:00", 1e6, 0));
    records.add(seal(share(4), DAY, "10:00:00", 1e6, 0));
    records.add(seal(share(4), DAY, "10:30:00", 0, 1e5));
    return records;
  }

  private static Map<Symbol, Opinion> analyze(Collection<? extends MarketRecord> records) {
    return new DragonHeadAnalyst().analyze(known(panel(), records));
  }

  @Test
  void whenTheFixtureIsMade_thenItEndsOnTheDay() {
    assertThat(DAYS.get(12)).isEqualTo(DAY);
  }

  @Test
  void whenAllIsKnown_thenEveryPartFollowsItsFormula() {
    Map<Symbol, Opinion> opinions = analyze(withSeals());
    Opinion first = opinions.get(share(1));
    assertThat(part(first, "height").raw()).isEqualTo(3);
    assertThat(part(first, "height").normalised()).isEqualTo(1);
    assertThat(part(first, "first-seal").raw()).isEqualTo(10);
    assertThat(part(first, "first-seal").normalised()).isEqualTo(1);
    // Three sealed later, two of them within 30 minutes of trading.
    assertThat(part(first, "induced").raw()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(part(first, "recognition").raw()).isEqualTo(1e6);
    assertThat(part(first, "recognition").normalised()).isZero();
    assertThat(first.coverage()).isEqualTo(1);
    Opinion second = opinions.get(share(2));
    // One streak is longer, one is equal, two are shorter.
    assertThat(part(second, "height").normalised()).isCloseTo(2.5 / 4, within(1e-12));
    assertThat(part(second, "induced").raw()).isCloseTo(0.5, within(1e-12));
    assertThat(part(opinions.get(share(3)), "induced").raw()).isZero();
    assertThat(part(opinions.get(share(5)), "first-seal").normalised()).isZero();
    // Broken once and not closed again: 0; on the first of the worst days all stood still: 0.5.
    assertThat(part(opinions.get(share(4)), "resilience").raw()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void whenSealsAreKnown_thenTheRolesFollow() {
    Map<Symbol, Opinion> opinions = analyze(withSeals());
    assertThat(opinions).containsOnlyKeys(share(1), share(2), share(3), share(4), share(5));
    assertThat(opinions.get(share(1)).flags()).contains("MARKET_LEADER", "THEME_LEADER");
    assertThat(opinions.get(share(2)).flags()).containsExactly("LATE_STARTER");
    assertThat(opinions.get(share(5)).flags()).containsExactly("CORE");
    assertThat(score(opinions.get(share(1)))).isGreaterThan(score(opinions.get(share(2))));
  }

  @Test
  void whenNoSealIsKnown_thenHeightAndAmountDecideAndOnlyTheHighestLeads() {
    Map<Symbol, Opinion> opinions = analyze(themes());
    assertThat(opinions.get(share(1)).coverage()).isEqualTo(0.6);
    assertThat(part(opinions.get(share(1)), "induced").known()).isFalse();
    assertThat(opinions.get(share(1)).flags()).contains("THEME_LEADER");
  }

  @Nested
  class Memberships {
    @Test
    void whenFewerThanThreeMembersAreSealed_thenNobodyIsSpokenAbout() {
      List<MarketRecord> records = themes();
      records.removeIf(record -> record.symbols().contains(share(3)));
      assertThat(analyze(records)).isEmpty();
      assertThat(analyze(List.of())).isEmpty();
    }

    @Test
    void whenAMembershipEnded_thenItDoesNotCount() {
      List<MarketRecord> records = themes();
      LocalDate from = DAY.minusDays(30);
      records.add(theme(share(3), "chips", from, Optional.of(DAY.minusDays(1)), DAY));
      assertThat(analyze(records)).isEmpty();
    }

    @Test
    void whenAShareHasSeveralThemes_thenItIsJudgedWhereItStandsBest() {
      List<MarketRecord> records = withSeals();
      for (int k : new int[] {2, 3, 6}) {
        records.add(theme(share(k), "ai"));
      }
      Map<Symbol, Opinion> both = analyze(records);
      assertThat(both.get(share(2)).warnings()).anyMatch(warning -> warning.contains("chips"));
      assertThat(both.get(share(6)).warnings()).anyMatch(warning -> warning.contains("ai"));
    }
  }

  @Nested
  class Legacy {
    @Test
    void whenAllIsKnown_thenThePointsAreThoseOfTheTable() {
      List<MarketRecord> records = withSeals();
      for (int n = 0; n < 2; n++) {
        records.add(new NewsItem(
            Records.at(DAY, "18:00:0" + n),
            Records.at(DAY, "18:00:0" + n),
            Records.SOURCE,
            "芯片龙头涨停",
            "",
            SourceTier.MEDIA,
            Optional.empty(),
            List.of(share(1))));
      }
      records.add(Records.flow(share(1), DAY, 3e8, 2e8));
      Opinion.Scored opinion = (Opinion.Scored) DragonHeadAnalyst.builder()
          .preset(Preset.LEGACY)
          .build()
          .analyze(known(panel(), records))
          .get(share(1));
      // First of the day 25, three days 20, two items 10, 100 million 5, of 85.
      assertThat(opinion.coverage()).isEqualTo(0.85);
      assertThat(opinion.score01()).isCloseTo(60 / 85.0, within(1e-12));
    }
  }

  @Nested
  class Regulation {
    @Test
    void whenAShareHasNearlyDoubledInTenDays_thenThatIsFlagged() {
      List<String> rows = new ArrayList<>();
      double close = 10;
      for (int d = 0; d < DAYS.size(); d++) {
        double before = close;
        close = d == 0 ? 10 : Math.round(before * 110) / 100.0;
        rows.add(DAYS.get(d) + " " + share(1) + " " + before + " " + close + " " + before + " "
            + close + " 100000 1000000 " + before);
        for (int k = 2; k <= 30; k++) {
          rows.add(DAYS.get(d) + " " + share(k)
              + (d == 12 && k <= 3 ? " 10 11 10 11" : " 10 10 10 10") + " 100000 1000000 10");
        }
      }
      List<MarketRecord> records = new ArrayList<>();
      for (int k = 1; k <= 3; k++) {
        records.add(theme(share(k), "t"));
      }
      Map<Symbol, Opinion> opinions =
          new DragonHeadAnalyst().analyze(known(Records.bars(rows), records));
      assertThat(opinions.get(share(1)).flags()).contains("NEAR_ABNORMAL");
      assertThat(opinions.get(share(2)).flags()).doesNotContain("NEAR_ABNORMAL");
    }
  }

  @Test
  void whenTheMembershipWasDrawnUpLater_thenTheSnapshotRefusesIt() {
    ThemeMembership later =
        theme(share(1), "t", DAY.minusDays(30), Optional.empty(), DAY.plusDays(9));
    assertThatThrownBy(() -> known(panel(), List.of(later)))
        .hasMessageContaining("after the moment of decision");
  }
}
