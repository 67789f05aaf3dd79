package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The goals of the corpora pii-cn and pii-presidio; each test prints its table. */
class PiiCorpusTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 16);
  private static final Set<String> EXACT = Set.of("CN_ID PLAIN", "BANK_CARD PLAIN", "USCC PLAIN");

  private static List<Map<String, Object>> cases(String corpus) throws IOException {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (String line : Files.readAllLines(SharedFiles.corpus(corpus).resolve("cases.jsonl"))) {
      cases.add(JSON.object(line.getBytes(StandardCharsets.UTF_8), "a case"));
    }
    return cases;
  }

  private static int number(Object value) {
    return ((BigDecimal) value).intValueExact();
  }

  @Test
  void whenChineseTextsAreScanned_thenTheGoalsAreMet() throws IOException {
    PiiDetector detector = PiiDetector.standard();
    Map<String, int[]> table = new TreeMap<>();
    for (Map<String, Object> one : cases("pii-cn")) {
      List<PiiFinding> findings = detector.find((String) one.get("text"));
      if (one.get("expect").equals("unchanged")) {
        count(
            table,
            Boolean.TRUE.equals(one.get("hard")) ? "unchanged hard" : "unchanged",
            findings.isEmpty());
      } else if (one.get("expect").equals("mask")) {
        for (Object span : (List<?>) one.get("spans")) {
          List<?> parts = (List<?>) span;
          PiiForm form = form((String) parts.get(3));
          PiiFinding wanted = new PiiFinding(
              number(parts.get(0)),
              number(parts.get(1)),
              PiiType.valueOf((String) parts.get(2)),
              form);
          count(table, wanted.type() + " " + form, findings.contains(wanted));
        }
        assertThat(findings)
            .as("nothing but the spans of " + one.get("id"))
            .hasSize(((List<?>) one.get("spans")).size());
      }
    }
    print("pii-cn", table);

    table.forEach(
        (kind, counts) -> assertThat(share(counts)).as(kind).isGreaterThanOrEqualTo(goal(kind)));
    assertThat(table).isNotEmpty();
  }

  private static PiiForm form(String name) {
    return switch (name) {
      case "fullwidth" -> PiiForm.FULL_WIDTH;
      case "zerowidth" -> PiiForm.ZERO_WIDTH;
      default -> PiiForm.valueOf(name.toUpperCase(Locale.ROOT));
    };
  }

  private static double goal(String kind) {
    if (EXACT.contains(kind)) {
      return 1;
    }
    return switch (kind) {
      case "unchanged", "CN_MOBILE PLAIN" -> 0.995;
      case "unchanged hard" -> 0.9;
      case "EMAIL PLAIN", "IP PLAIN" -> 0.99;
      default -> kind.endsWith("FORMATTED") ? 0.98 : 0.95;
    };
  }

  @Test
  void whenChineseTextsAreMasked_thenAtMostSevenDigitsAreLeftAndTwiceIsOnce() throws IOException {
    PiiRedactor redactor = PiiRedactor.masking();
    for (Map<String, Object> one : cases("pii-cn")) {
      if (one.get("expect").equals("mask")) {
        String text = (String) one.get("text");
        String masked = redactor.text(text);

        assertThat(redactor.text(masked)).isEqualTo(masked);
        for (PiiFinding finding : PiiDetector.standard().find(text)) {
          String mask =
              PiiMasks.mask(text.substring(finding.start(), finding.end()), finding.type());
          assertThat(mask.chars().filter(Character::isDigit).count()).isLessThanOrEqualTo(7);
          assertThat(masked).contains(mask);
        }
      }
    }
  }

  /** Presidio's labels are Presidio's policy; the kinds that Qilin offers are judged, the others are shown. */
  @Test
  void whenPresidiosTextsAreScanned_thenTheKindsOfferedAgree() throws IOException {
    Map<String, int[]> table = new TreeMap<>();
    for (Map<String, Object> one : cases("pii-presidio")) {
      String type = (String) one.get("type");
      PiiDetector detector = PiiDetector.builder().types(types(type)).build();
      int found = detector.find((String) one.get("text")).size();
      count(table, type + " " + one.get("expect"), found == number(one.get("expected_len")));
    }
    print("pii-presidio", table);

    for (String judged : List.of("CREDIT_CARD", "EMAIL", "IP")) {
      table.forEach((kind, counts) -> {
        if (kind.startsWith(judged)) {
          assertThat(share(counts)).as(kind).isGreaterThanOrEqualTo(0.95);
        }
      });
    }
  }

  private static Set<PiiType> types(String presidio) {
    return switch (presidio) {
      case "CREDIT_CARD" -> EnumSet.of(PiiType.BANK_CARD);
      case "CRYPTO" -> EnumSet.of(PiiType.CRYPTO_ADDRESS);
      case "MAC" -> EnumSet.of(PiiType.MAC_ADDRESS);
      case "PHONE" -> EnumSet.of(PiiType.PHONE, PiiType.CN_MOBILE, PiiType.CN_LANDLINE);
      default -> EnumSet.of(PiiType.valueOf(presidio));
    };
  }

  private static void count(Map<String, int[]> table, String kind, boolean right) {
    int[] counts = table.computeIfAbsent(kind, key -> new int[2]);
    counts[0] += right ? 1 : 0;
    counts[1]++;
  }

  private static double share(int[] counts) {
    return (double) counts[0] / counts[1];
  }

  private static void print(String corpus, Map<String, int[]> table) {
    System.out.println(corpus);
    table.forEach(
        (kind, counts) -> System.out.println("  " + kind + ": " + counts[0] + " of " + counts[1]));
  }
}
