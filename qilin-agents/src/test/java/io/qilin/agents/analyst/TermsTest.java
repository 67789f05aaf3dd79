package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
  private static final Terms TERMS = new Terms().term(0, "收购", "acquires", "acquisition");

  private static List<String> read(String title, String body) {
    List<String> out = new ArrayList<>();
    TERMS.read(
        PlainText.of(title, body),
        (term, inTitle, denied) -> out.add((inTitle ? "title" : "body") + (denied ? " not" : "")));
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "公司收购甲厂, title",
    "公司不收购甲厂, title not",
    "公司终止收购甲厂, title not",
    "收购甲厂终止, title not",
    "公司不会终止收购甲厂, title",
    "收购不断推进, title",
    "公司不断收购, title",
    "无锡公司收购甲厂, title",
    "以不超过5亿元收购甲厂, title",
    "传言不实。公司收购甲厂, title",
    "Acme acquires Beta, title",
    "Acme denies acquisition of Beta, title not",
    "Acme does not drop acquisition, title",
    "acquisition called off, title not",
    "It is not true; Acme acquires Beta, title",
    "ＡＣＭＥ ＡＣＱＵＩＲＥＳ Ｂｅｔａ, title",
    "公司 收 购 甲厂, title",
    "公司\u200b收\u200b购甲厂, title"
  })
  void whenATermIsTold_thenItsNegationIsSeen(String text, String expected) {
    assertThat(read(text, "")).containsExactly(expected);
  }

  @Test
  void whenAWordOnlyHoldsALatinTerm_thenItIsNotFound() {
    assertThat(read("reacquires", "acquirest")).isEmpty();
  }

  @Test
  void whenANegationStandsInTheTitle_thenItDoesNotReachTheBody() {
    assertThat(read("不", "收购")).containsExactly("body");
  }

  @Test
  void whenANegationIsFarAway_thenItDoesNotReachTheTerm() {
    assertThat(read("不" + "甲".repeat(Terms.NEAR) + "收购", "")).containsExactly("title not");
    assertThat(read("不" + "甲".repeat(Terms.NEAR + 1) + "收购", "")).containsExactly("title");
  }

  @Test
  void whenTheTextIsLong_thenOnlyItsBeginningIsRead() {
    String far = "甲".repeat(1 << 20);
    assertThat(read(far.substring(0, PlainText.TITLE - 2) + "收购" + far, "")).hasSize(1);
    assertThat(read(far.substring(0, PlainText.TITLE - 1) + "收购", "")).isEmpty();
    assertThat(read("甲", far.substring(0, PlainText.BODY - 2) + "收购")).hasSize(1);
    assertThat(read("甲", far.substring(0, PlainText.BODY - 1) + "收购")).isEmpty();
    assertThat(read("甲", "收购".repeat(1000))).hasSize(128);
  }

  @Test
  void whenDigitsAndSignsDiffer_thenTheLettersAreTheSame() {
    long letters = PlainText.of("", "Buy 600519 now").letters();
    assertThat(PlainText.of("", "buy, 000001 NOW!!! 7").letters()).isEqualTo(letters);
    assertThat(PlainText.of("", "sell 600519 now").letters()).isNotEqualTo(letters);
  }

  @Test
  void whenAPhraseIsGivenTwice_thenItIsRefused() {
    PhraseTable table = new PhraseTable().add("a", 1).add("a", 1);
    assertThatThrownBy(() -> table.add("a", 2)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> table.add("", 2)).isInstanceOf(QilinException.class);
  }

  @Property(tries = 200)
  void whenPhrasesAreLookedUp_thenTheLongestIsFound(
      @ForAll @StringLength(max = 30) @CharRange(from = '甲', to = '甴') String text) {
    String[] phrases = {"甲", "甲甴", "甲甴甲", "申申申"};
    PhraseTable table = new PhraseTable();
    for (int k = 0; k < phrases.length; k++) {
      table.add(phrases[k], k);
    }
    for (int at = 0; at < text.length(); at++) {
      int best = PhraseTable.NONE;
      for (int k = 0; k < phrases.length; k++) {
        boolean here = text.startsWith(phrases[k], at);
        best = here && (best < 0 || phrases[k].length() > phrases[best].length()) ? k : best;
      }
      int found = table.longest(PlainText.of(text, ""), at);
      assertThat(found < 0 ? found : PhraseTable.code(found)).isEqualTo(best);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "合同金额5亿元, 5e8",
    "合同金额1.25亿元, 1.25e8",
    "'金额12,345.5万元', 123455000",
    "回购1亿元至2亿元, 2e8",
    "worth 3.5 billion yuan, 3.5e9",
    "RMB 20 million, 2e7",
    "增持100万股, NaN",
    "1亿美元, NaN",
    "增长50%, NaN",
    "1.2.3亿元, NaN",
    "99999999999999999999亿元, NaN",
    "没有数字, NaN"
  })
  void whenAnAmountIsTold_thenItIsReadInYuan(String text, double expected) {
    assertThat(Double.valueOf(Amounts.largest(PlainText.of("", text))))
        .isEqualTo(Double.valueOf(expected));
  }

  @Test
  void whenALittleChanges_thenTheFingerprintIsNear() {
    String text = "甲公司关于与乙公司签订日常经营重大合同的自愿性披露公告";
    assertThat(off(text, text + "！")).isZero();
    assertThat(off(text, text + "全文")).isBetween(1, 10);
    assertThat(off(text, "丙银行二零二三年第三季度净利润同比增长百分之十五点六")).isGreaterThan(16);
    assertThat(off("a".repeat(260), "a".repeat(270))).isZero();
  }

  private static int off(String one, String other) {
    return Long.bitCount(SimHash.of(PlainText.of(one, "")) ^ SimHash.of(PlainText.of(other, "")));
  }
}
