package io.qilin.agents.consult;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCheckTest {
  private static final List<Opinion> OPINIONS = List.of(new Opinion.Scored(
      "market",
      Questions.SHARE,
      0.31,
      0.7,
      1,
      List.of(
          new ScoreComponent("momentum-20d", 0.1234, "fraction", 0.71, 0.3, "bars"),
          new ScoreComponent("seal-amount", 3.2e8, "yuan", 0.8, 0.2, "bars"),
          new ScoreComponent("drawdown", -0.056, "fraction", 0.4, 0.1, "bars"),
          new ScoreComponent("turnover", 12.5, "percent", 0.4, 0.1, "bars"),
          new ScoreComponent("breaks", 3, "count", 0.2, 0.1, "bars"),
          new ScoreComponent("float-cap", 250, "亿元", 0.2, 0.1, "bars"),
          new ScoreComponent("flow", 1234.5, "万元", 0.2, 0.1, "bars")),
      List.of(),
      List.of()));

  private static NumberCheck check() {
    List<String> words = new ArrayList<>(NumberCheck.written(LocalDate.of(2024, 1, 5)));
    words.add("600519.SH");
    words.add("600519");
    return NumberCheck.of(OPINIONS, words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no number at all, 一定 统一 万一 十分 一些",
        "momentum of 0.1234, 0.123 or 12.3%",
        "12.34 percent, 12%, 12.3 pct and 1234 bps",
        "动量１２．３％",
        "动量为百分之十二点三",
        "封单3.2亿元，即320,000,000元，3.2e8",
        "三点二亿元",
        "a seal of 320 million or 0.32 billion yuan",
        "320百万元，三亿二千万元",
        "drawdown -5.6%, fell 5.6 %, −0.056",
        "换手率12.5%，约13%",
        "开板3次，三天",
        "流通市值250亿，25,000,000,000元",
        "净流入1234.5万元，1235万，12345000",
        "600519.SH (600519) 600519. On 2024-01-05, 2024年1月5日, 20240105, 1月5日",
        "三点二億元，叁亿贰仟万元，涨幅十二%，换手率千分之一百二十五",
        "𝟏𝟐.𝟑% of momentum",
        "twelve percent; three hundred and twenty million yuan; twelve point or two hundred, one of them",
        "R² and m², 3³, a footnote³, ① first ② second, 五卅",
        "¹².³%, ⑫ %, Ⅻ%, 十二%",
        "see [1] and [8], the momentum-20d and 20日动量, T+1",
        "score 0.31, confidence 70%, coverage 100%",
      })
  void whenNumbersAreInTheEvidence_thenNoneIsUnverified(String text) {
    assertThat(check().unverified(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profit rose 45.6% | 45.6%",
        "momentum 0.1235 | 0.1235",
        "momentum of 14% | 14%",
        "动量-12.3% | -12.3%",
        "drawdown +5.6% | +5.6%",
        "封单3.3亿元 | 3.3亿",
        "四亿元 | 四亿元",
        "涨了五成 | 五成",
        "百分之四十五 | 百分之四十五",
        "12.3 yuan | 12.3",
        "about 2 | 2",
        "see [9] | 9",
        "600520 is better | 600520",
        "in 2025 | 2025",
        "target price 1888.88元 | 1888.88",
        "3.2亿% | 3.2亿%",
        "RMB77 | 77",
        "up ٧٧ | 77",
        "up 𝟗𝟗% | 99%",
        "½ of it | ½",
        "up ³⁷ % | 37 %",
        "up ₃₇% | 37%",
        "up ㊲% | 37%",
        "up Ⅺ % | 11 %",
        "卅七% | 三十七%",
        "廿五亿元 | 二十五亿元",
        "it rose Thirty-Seven percent | thirty-seven percent",
        "twenty-one per cent | twenty-one per cent",
        "four hundred million yuan | four hundred million",
        "ninety basis points | ninety basis points",
        "三分之一 | 三分之一",
        "二十五% | 二十五%",
        "千分之九十九 | 千分之九十九",
        "三十多亿元 | 三十多亿元",
        "叁拾亿元 | 三十亿元",
        "3.3億元 | 3.3亿",
      })
  void whenANumberIsNot_thenItIsNamed(String text, String number) {
    assertThat(check().unverified(text)).containsExactly(number);
  }

  @Test
  void whenNumbersAreQuoted_thenTheirEvidenceIsNamedOnce() {
    assertThat(check().quoted("momentum 12.3% (0.123), seal 3.2亿元, 99"))
        .containsExactly(
            "market/momentum-20d=0.1234 fraction", "market/seal-amount=320000000 yuan");
  }

  @Test
  void whenANumberIsEndless_thenItIsUnverifiedAndCut() {
    assertThat(check().unverified("9".repeat(50_000))).containsExactly("9".repeat(40) + "…");
  }

  @Test
  void whenThereAreManyWrongNumbers_thenTwentyAreNamed() {
    StringBuilder text = new StringBuilder();
    for (int i = 1000; i < 1100; i++) {
      text.append(i).append(' ');
    }
    assertThat(check().unverified(text.toString())).hasSize(20).startsWith("1000", "1001");
  }

  @Property(tries = 60)
  void whenAnyTextIsRead_thenNothingIsThrown(@ForAll String text) {
    assertThat(check().unverified(text)).hasSizeLessThanOrEqualTo(20);
    assertThat(check().quoted(text)).hasSizeLessThanOrEqualTo(50);
  }

  @Property(tries = 60)
  void whenAFigureIsRounded_thenItIsBorneOut(@ForAll long seed) {
    double value = new java.util.SplittableRandom(seed).nextDouble(1, 1e6);
    NumberCheck one = NumberCheck.of(
        List.of(new Opinion.Scored(
            "a",
            Questions.SHARE,
            0,
            0,
            0,
            List.of(new ScoreComponent("x", value, "yuan", 0, 1, "bars")),
            List.of(),
            List.of())),
        List.of());
    String two = new java.math.BigDecimal(value)
        .setScale(2, java.math.RoundingMode.HALF_UP)
        .toPlainString();
    String other = new java.math.BigDecimal(value)
        .setScale(2, java.math.RoundingMode.HALF_UP)
        .add(new java.math.BigDecimal("0.02"))
        .toPlainString();
    assertThat(one.unverified("x is " + two + " yuan")).isEmpty();
    assertThat(one.unverified("x is " + other + " yuan")).containsExactly(other);
  }
}
