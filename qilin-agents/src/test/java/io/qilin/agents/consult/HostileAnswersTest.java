package io.qilin.agents.consult;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.Statement;
import io.qilin.testkit.Mutation;
import io.qilin.testkit.ScriptedLlm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Answers that are wrong in every way that was thought of, each with its expected outcome. */
class HostileAnswersTest {
  private static final String CODE = "600519.SH";
  private static final double BAND = 0.2;

  @Test
  void whenTheSharedCorpusAnswers_thenEachCaseEndsAsExpected() {
    List<Map<String, Object>> cases = Corpus.shared("llm-output");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(20);
    assertThat(failures(cases)).isEmpty();
  }

  @Test
  void whenTheOwnCorpusAnswers_thenEachCaseEndsAsExpected() {
    List<Map<String, Object>> cases = Corpus.own("llm-output.jsonl");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
    assertThat(failures(cases)).isEmpty();
  }

  private static List<String> failures(List<Map<String, Object>> cases) {
    List<String> failures = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (Map<String, Object> each : cases) {
        boolean endless = each.containsKey("stream");
        Deliberation said = SecondOpinion.builder(
                ScriptedLlm.always(endless ? endless() : ScriptedLlm.text(text(each))),
                System::nanoTime)
            .executor(threads)
            .band(BAND)
            .deadline(endless ? Duration.ofMillis(30) : Duration.ofSeconds(30))
            .build()
            .ask(Questions.about(CODE));
        if (!asExpected(each, said)) {
          failures.add(each.get("id") + ": " + said);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return failures;
  }

  /** A token after the other, for as long as one listens. */
  private static ScriptedLlm.Step endless() {
    return (request, call) -> {
      while (!Thread.currentThread().isInterrupted() && !call.cancellation().isCancelled()) {
        call.onText().accept("x");
        Thread.onSpinWait();
      }
      call.cancellation().check();
      throw new UnsupportedOperationException("interrupted");
    };
  }

  private static String text(Map<String, Object> each) {
    if (each.get("build") instanceof Map<?, ?> build) {
      return (String) build.get("pre")
          + String.valueOf(build.get("mid")).repeat(Integer.parseInt((String) build.get("times")))
          + build.get("post");
    }
    return (String) each.get("out");
  }

  private static boolean asExpected(Map<String, Object> each, Deliberation said) {
    boolean fallback = said.flags().contains(SecondOpinion.DEGRADED);
    boolean right = switch (String.valueOf(each.get("expect"))) {
      case "accept" -> !fallback && said.flags().isEmpty();
      case "fallback" -> fallback && typed(said, each.get("fault"));
      case "accept-neutralised-or-fallback", "accept-or-fallback" -> true;
      default -> false;
    };
    return right && sound(said);
  }

  private static boolean typed(Deliberation said, @org.jspecify.annotations.Nullable Object fault) {
    return fault == null ? said.flags().size() >= 2 : said.flags().contains(fault);
  }

  /** Nothing is active, nothing is out of range, and a fallback moves nothing. */
  static boolean sound(Deliberation said) {
    Statement statement = said.statements().get(0);
    boolean fallback = said.flags().contains(SecondOpinion.DEGRADED);
    boolean neutral =
        statement.claim().codePoints().noneMatch(c -> c == '<' || c == '>' || c < 0x20)
            && !statement.claim().contains("://");
    boolean kept =
        statement.claim().length() + statement.evidence().toString().length() < (1 << 20);
    return neutral
        && kept
        && said.statements().size() == 1
        && said.about().toString().equals(CODE)
        && Math.abs(said.adjustment()) <= BAND
        && (!fallback || said.adjustment() == 0)
        && (statement.origin() == Statement.Origin.MODEL) != fallback;
  }

  @Property(tries = 120)
  void whenAnAnswerIsDamaged_thenNothingIsThrownAndTheBandIsKept(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] valid = ("{\"code\":\"" + CODE + "\",\"score\":0.95,\"confidence\":0.8,"
            + "\"recommendation\":\"BUY\",\"reasons\":[\"动量为12.3%\",\"b\"]}")
        .getBytes(StandardCharsets.UTF_8);
    String damaged = new String(Mutation.of(valid, random), StandardCharsets.UTF_8);
    Deliberation said = SecondOpinion.builder(
            ScriptedLlm.always(ScriptedLlm.text(damaged)), () -> 0)
        .band(BAND)
        .build()
        .ask(Questions.about(CODE));
    assertThat(sound(said)).as(damaged).isTrue();
  }

  @Property(tries = 60)
  void whenAnAnswerIsAnyText_thenTheOpinionByRulesStands(@ForAll String text) {
    Deliberation said = SecondOpinion.builder(ScriptedLlm.always(ScriptedLlm.text(text)), () -> 0)
        .band(BAND)
        .build()
        .ask(Questions.about(CODE));
    assertThat(said.flags()).contains(SecondOpinion.DEGRADED, "QILIN-3104");
    assertThat(sound(said)).isTrue();
  }
}
