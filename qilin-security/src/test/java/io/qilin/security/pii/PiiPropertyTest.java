package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PiiPropertyTest {
  private static final PiiRedactor MASKING = PiiRedactor.masking();

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> values = Arbitraries.of(
        "13800138000",
        "110105191503257439",
        "6205226855970183",
        "4012 8888 8888 1881",
        "a@b.com",
        "13800138000@163.com",
        "10.1.2.3",
        "fe80::1",
        "2001:db8::1",
        "京A12345",
        "E12345678",
        "91500103J5Q3XP3X5X",
        "+86 13800138000",
        "00-1A-2B-3C-4D-5E",
        "078-05-1120",
        "010-62771234",
        "６２０５",
        "DE89370400440532013000",
        "12",
        "123",
        "1234",
        "手机",
        "元",
        "股东",
        "A123456789",
        "****",
        "x");
    Arbitrary<String> gaps = Arbitraries.of(
        " ", ",", "，", "、", ";", "\n", "：", "|", "\t", "(", ")", "\"", "客户", " - ", "=", "。");
    return values
        .flatMap(value -> gaps.map(gap -> value + gap))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 200)
  void whenAMaskIsMasked_thenNothingChanges(@ForAll("texts") String text) {
    String masked = MASKING.text(text);

    assertThat(MASKING.text(masked)).isEqualTo(masked);
  }

  @Property(tries = 200)
  void whenAnyTextIsScanned_thenFindingsAreInOrderAndInside(
      @ForAll String text, @ForAll("texts") String more) {
    String all = text + more;
    List<PiiFinding> findings = PiiDetector.standard().find(all);

    int end = 0;
    for (PiiFinding finding : findings) {
      assertThat(finding.start()).isGreaterThanOrEqualTo(end);
      end = finding.end();
    }
    assertThat(end).isLessThanOrEqualTo(all.length());
  }

  @Property(tries = 150)
  void whenAnIdHasARightCheckCharacter_thenItIsFoundInAnyForm(
      @ForAll("ids") String id, @ForAll("gaps") String gap) {
    String form = id.substring(0, 6) + gap + id.substring(6, 14) + gap + id.substring(14);

    assertThat(PiiDetector.standard().find("号" + form + "。"))
        .extracting(PiiFinding::type, PiiFinding::start, PiiFinding::end)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(PiiType.CN_ID, 1, 1 + form.length()));
  }

  @Provide
  Arbitrary<String> gaps() {
    return Arbitraries.of("", " ", "-", "\u200b", "\u2060\u00ad");
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.integers()
        .between(0, 28 * 12 * 25 - 1)
        .flatMap(day -> Arbitraries.integers().between(0, 999).map(sequence -> {
          int year = 1900 + day / (28 * 12);
          String body = String.format(
              java.util.Locale.ROOT,
              "110105%04d%02d%02d%03d",
              year,
              day / 28 % 12 + 1,
              day % 28 + 1,
              sequence);
          int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
          int sum = 0;
          for (int i = 0; i < 17; i++) {
            sum += weights[i] * (body.charAt(i) - '0');
          }
          return body + "10X98765432".charAt(sum % 11);
        }));
  }
}
