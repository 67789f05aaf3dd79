package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The open halves of the corpora about requests, with the goals that their README states; each test prints its table. */
class ScreeningCorpusTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 22, 50);

  private static final Map<String, Integer> GOALS = Map.of(
      "sqli",
      85,
      "xss",
      85,
      "lfi",
      90,
      "java",
      85,
      "rce",
      70,
      "protocol-attack",
      75,
      "generic-app",
      60);

  private static List<Map<String, Object>> cases(String corpus) {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus(corpus).resolve("cases.jsonl"))) {
      Map<String, Object> members = new TreeMap<>();
      JSON.object(line.getBytes(StandardCharsets.UTF_8), corpus).forEach((name, value) -> {
        if (value != null) {
          members.put(name, value);
        }
      });
      cases.add(members);
    }
    return cases;
  }

  private static String text(Map<String, Object> of, String name) {
    return (String) of.getOrDefault(name, "");
  }

  static ScreenedRequest request(Map<String, Object> of) {
    if (of.containsKey("raw_b64")) {
      return raw(new String(
          Base64.getMimeDecoder().decode(text(of, "raw_b64")), StandardCharsets.ISO_8859_1));
    }
    var builder = ScreenedRequest.builder(text(of, "method"), text(of, "uri"));
    ((Map<?, ?>) of.get("headers"))
        .forEach((name, value) -> builder.header((String) name, String.valueOf(value)));
    return builder.body(text(of, "data").getBytes(StandardCharsets.UTF_8)).build();
  }

  private static ScreenedRequest raw(String raw) {
    int end = raw.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? raw : raw.substring(0, end)).split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    var builder = ScreenedRequest.builder(first[0], first.length > 1 ? first[1] : "/");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        builder.header(
            lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
    }
    return builder
        .body((end < 0 ? "" : raw.substring(end + 4)).getBytes(StandardCharsets.ISO_8859_1))
        .build();
  }

  private static final class Share {
    private int blocked;
    private int all;

    void add(boolean refused) {
      all++;
      blocked += refused ? 1 : 0;
    }

    double percent() {
      return 100.0 * blocked / all;
    }

    String line(String name) {
      return String.format(
          Locale.ROOT, "%-18s %4d of %4d  %5.1f %%", name, blocked, all, percent());
    }
  }

  @Test
  void whenRequestsOfTheCoreRuleSetAreScreened_thenTheGoalsAreMet() {
    Map<String, Share> byCategory = new TreeMap<>();
    Map<Object, Share> byRule = new TreeMap<>();
    Share falsePositives = new Share();
    for (Map<String, Object> each : cases("crs-regression")) {
      boolean attack = text(each, "expect").equals("attack");
      boolean named = Boolean.TRUE.equals(each.get("fp_named"));
      if (((Number) each.get("pl")).intValue() != 1 || !(attack || named)) {
        continue;
      }
      Verdict verdict = RequestScreener.DEFAULT.screen(request(each));
      assertThat(verdict.outcome())
          .as(text(each, "id"))
          .isNotEqualTo(Verdict.Outcome.REFUSE_FAILURE);
      if (named && !attack) {
        falsePositives.add(verdict.refused());
        continue;
      }
      String category = text(each, "category");
      byCategory.computeIfAbsent(category, key -> new Share()).add(verdict.refused());
      if (GOALS.containsKey(category)) {
        byRule
            .computeIfAbsent(String.valueOf(each.get("rule")), key -> new Share())
            .add(verdict.refused());
      }
    }
    double mean = byRule.values().stream().mapToDouble(Share::percent).average().orElse(0);
    byCategory.forEach(
        (category, share) -> System.out.println("crs-regression " + share.line(category)));
    System.out.println("crs-regression " + falsePositives.line("false positives"));
    System.out.printf(
        Locale.ROOT, "crs-regression mean by rule %.1f %% over %d rules%n", mean, byRule.size());
    GOALS.forEach((category, goal) ->
        assertThat(byCategory.get(category).percent()).as(category).isGreaterThanOrEqualTo(goal));
    assertThat(mean).isGreaterThanOrEqualTo(75);
    assertThat(falsePositives.percent()).isLessThanOrEqualTo(5);
  }

  @Test
  void whenUsersOfATradingLibraryWrite_thenNearlyNothingIsRefused() {
    Share text = new Share();
    Share prose = new Share();
    RequestScreener free =
        RequestScreener.builder().field("note", FieldKind.FREE_TEXT).build();
    for (Map<String, Object> each : cases("benign-trading-text")) {
      text.add(RequestScreener.DEFAULT.screenText("note", text(each, "s")).refused());
      prose.add(free.screenText("note", text(each, "s")).refused());
    }
    System.out.println("benign-trading-text " + text.line("as TEXT"));
    System.out.println("benign-trading-text " + prose.line("as FREE_TEXT"));
    assertThat(text.percent()).isLessThanOrEqualTo(1);
    assertThat(prose.percent()).isLessThanOrEqualTo(1);
  }

  @Test
  void whenNaughtyStringsCome_thenOnlyVerdictsComeBack() {
    Share share = new Share();
    for (Map<String, Object> each : cases("naughty-strings")) {
      String naughty = text(each, "s");
      for (FieldKind kind : FieldKind.values()) {
        RequestScreener screener =
            RequestScreener.builder().field("f", kind).paranoia(4).build();
        assertThat(screener.screenText("f", naughty).outcome())
            .isNotEqualTo(Verdict.Outcome.REFUSE_FAILURE);
      }
      Verdict verdict = RequestScreener.DEFAULT.screen(ScreenedRequest.builder("GET", "/" + naughty)
          .header("X-" + naughty, naughty)
          .body(naughty.getBytes(StandardCharsets.UTF_8))
          .build());
      assertThat(verdict.outcome()).isNotEqualTo(Verdict.Outcome.REFUSE_FAILURE);
      assertThat(verdict.findings().toString().lines()).hasSizeLessThanOrEqualTo(1);
      share.add(RequestScreener.DEFAULT.screenText("f", naughty).refused());
    }
    System.out.println("naughty-strings " + share.line("refused"));
    assertThat(share.all).isPositive();
  }
}
