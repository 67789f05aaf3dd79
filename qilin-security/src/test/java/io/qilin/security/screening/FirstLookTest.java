package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attacks of many kinds and honest texts, written from general knowledge of the classes of attacks and not from the cases of
 * the corpora. The first file was written before the rules were mended with it, the second after; what each gave at first
 * sight is in {@code docs/security-screening.md}. Each run prints its table. The thresholds are what is reached now.
 */
class FirstLookTest {
  private record Case(String category, String place, String text) {}

  private static List<Case> cases(String file) {
    try (InputStream in = FirstLookTest.class.getResourceAsStream(file)) {
      String all =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String line : all.split("\n")) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] columns = line.split("\t", 3);
          cases.add(new Case(columns[0], columns[1], withControls(columns[2])));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pictures of control characters stand for what they show. */
  private static String withControls(String text) {
    StringBuilder plain = new StringBuilder();
    for (char c : text.toCharArray()) {
      plain.append(c >= 0x2400 && c < 0x2420 ? (char) (c - 0x2400) : c);
    }
    return plain.toString();
  }

  private static ScreenedRequest request(Case of) {
    String encoded = URLEncoder.encode(of.text, StandardCharsets.UTF_8);
    byte[] bytes = of.text.getBytes(StandardCharsets.UTF_8);
    return switch (of.place) {
      case "q" -> ScreenedRequest.builder("GET", "/find?text=" + encoded).build();
      case "name" -> ScreenedRequest.builder("GET", "/find?" + encoded + "=1").build();
      case "path" -> ScreenedRequest.builder("GET", of.text).build();
      case "json" ->
        ScreenedRequest.builder("POST", "/orders")
            .header("Content-Type", "application/json")
            .body(bytes)
            .build();
      case "form" ->
        ScreenedRequest.builder("POST", "/orders")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(bytes)
            .build();
      case "xml" ->
        ScreenedRequest.builder("POST", "/orders")
            .header("Content-Type", "text/xml")
            .body(bytes)
            .build();
      default ->
        ScreenedRequest.builder("GET", "/find")
            .header(of.place.substring("header:".length()), of.text)
            .build();
    };
  }

  @ParameterizedTest
  @CsvSource({"first-look-1.tsv, 97, 1", "first-look-2.tsv, 94, 1"})
  void whenCasesAreScreened_thenThoseOfEachKindAreToldApart(
      String file, double attacks, double honest) {
    Map<String, int[]> counts = new TreeMap<>();
    List<Case> wrong = new ArrayList<>();
    for (Case each : cases(file)) {
      Verdict verdict = RequestScreener.DEFAULT.screen(request(each));
      int[] count = counts.computeIfAbsent(each.category, key -> new int[2]);
      count[0] += verdict.refused() ? 1 : 0;
      count[1]++;
      if (verdict.refused() == each.category.equals("benign")) {
        wrong.add(each);
      }
    }
    counts.forEach((category, count) -> System.out.printf(
        Locale.ROOT,
        "%s %-16s %3d of %3d %5.1f %%%n",
        file,
        category,
        count[0],
        count[1],
        100.0 * count[0] / count[1]));
    assertThat(counts)
        .containsOnlyKeys(
            "sqli", "xss", "lfi", "java", "rce", "protocol-attack", "generic-app", "benign");
    counts.forEach((category, count) -> {
      double percent = 100.0 * count[0] / count[1];
      if (category.equals("benign")) {
        assertThat(percent).as("benign, wrong are %s", wrong).isLessThanOrEqualTo(honest);
      } else {
        assertThat(percent).as("%s, wrong are %s", category, wrong).isGreaterThanOrEqualTo(attacks);
      }
    });
  }
}
