package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.TextTable.Align;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static String page() {
    return HtmlReport.builder("en", "Qilin <demo>")
        .subtitle("2024-12-16")
        .notice("Synthetic (合成)")
        .section("Data health 数据质量")
        .figures(List.of(new HtmlReport.Figure("Overall", "0.98", "alert below 0.80")))
        .table(
            TextTable.builder().column("x", Align.DECIMAL).row("1.25").row("2").build())
        .section("Second")
        .paragraph("<script>alert(1)</script>")
        .list(List.of("a"))
        .chart(SvgChart.bars("IC").bar("MA5", 0.1).build())
        .build();
  }

  @Test
  void whenTextHoldsMarkup_thenItIsEscaped() {
    assertThat(page())
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(1)", "<title>Qilin &lt;demo&gt;</title>");
  }

  @Test
  void whenOpened_thenNothingIsLoaded() {
    assertThat(page())
        .contains("default-src 'none'")
        .doesNotContain("src=", "@import", "url(", "<link", "javascript:")
        .doesNotContainPattern("href=\"?http");
  }

  @Test
  void whenThePolicyAdmitsTheStyle_thenByItsHash() throws Exception {
    String page = page();
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    assertThat(page).doesNotContain("style=\"");
  }

  @Test
  void whenChineseStandsInEnglish_thenItIsMarked() {
    assertThat(page()).contains("Data health <span lang=\"zh-Hans\">数据质量</span>");
  }

  @Test
  void whenDecimalsDiffer_thenTheyArePaddedInvisibly() {
    assertThat(page())
        .contains("<td class=\"n\">1.25</td>", "<td class=\"n\">2\u2008\u2007\u2007</td>");
  }

  @Test
  void whenSectionsFollow_thenEachIsClosed() {
    assertThat(page().split("<section>", -1)).hasSize(3);
    assertThat(page().split("</section>", -1)).hasSize(3);
  }

  @Test
  void whenTextReversesTheReadingOrder_thenItIsReplaced() {
    assertThat(HtmlReport.builder("en", "a\u202Eb\u0000c\uD800").build())
        .contains("<title>a\uFFFDb\uFFFDc\uFFFD</title>");
  }

  @Test
  void whenTheLanguageIsNone_thenRefused() {
    assertThatThrownBy(() -> HtmlReport.builder("\"><script>", "x"))
        .isInstanceOf(QilinException.class);
  }
}
