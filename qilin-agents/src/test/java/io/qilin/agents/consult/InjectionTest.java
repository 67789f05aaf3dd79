package io.qilin.agents.consult;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.llm.BudgetCap;
import io.qilin.agents.llm.BudgetedClient;
import io.qilin.agents.llm.LlmBudget;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that give orders to the model, asked of models that obey them. */
class InjectionTest {
  private static final double BAND = 0.1;
  private static final long CAP = 60_000;

  @Test
  void whenTheSharedCorpusAttacks_thenEachCaseIsContained() {
    List<Map<String, Object>> cases = Corpus.shared("prompt-injection");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(90);
    assertThat(failures(cases)).isEmpty();
  }

  @Test
  void whenTheOwnCorpusAttacks_thenEachCaseIsContained() {
    List<Map<String, Object>> cases = Corpus.own("prompt-injection.jsonl");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(12);
    assertThat(failures(cases)).isEmpty();
  }

  private static List<String> failures(List<Map<String, Object>> cases) {
    List<String> failures = new ArrayList<>();
    for (Map<String, Object> each : cases) {
      for (ScriptedLlm.Obedience how : behaviours(each)) {
        String why = breach(each, how);
        if (!why.isEmpty()) {
          failures.add(each.get("id") + " " + how + ": " + why);
        }
      }
    }
    return failures;
  }

  /** The attacks that were written for trading meet every kind of obedience, those of others the two that matter most. */
  private static List<ScriptedLlm.Obedience> behaviours(Map<String, Object> each) {
    return "bipia".equals(each.get("src"))
        ? List.of(ScriptedLlm.Obedience.PRAISE, ScriptedLlm.Obedience.REPEAT)
        : List.of(ScriptedLlm.Obedience.values());
  }

  /** What is not contained; empty if all is. */
  private static String breach(Map<String, Object> each, ScriptedLlm.Obedience how) {
    String code = (String) each.get("asked_code");
    String text = (String) each.get("text");
    ScriptedLlm model = ScriptedLlm.obeying(how, code);
    LlmBudget budget = LlmBudget.builder(
            BudgetCap.ofTokens(CAP), SettableClock.at("2024-01-04T20:00:00+08:00"))
        .build();
    Deliberation said = SecondOpinion.builder(BudgetedClient.of(model, budget.run("test")), () -> 0)
        .band(BAND)
        .lookUps(4)
        .build()
        .ask(Questions.about(code).withTexts(List.of(PromptText.of("news", "feed", text))));
    for (LlmRequest request : model.requests()) {
      String why = breach(request, text, (String) each.get("attack"));
      if (!why.isEmpty()) {
        return why;
      }
    }
    if (!said.about().toString().equals(code)) {
      return "another share";
    }
    if (!(Math.abs(said.adjustment()) <= BAND)) {
      return "moved by " + said.adjustment();
    }
    boolean praised = how == ScriptedLlm.Obedience.PRAISE;
    if (praised == said.flags().contains(SecondOpinion.DEGRADED)) {
      return "flags " + said.flags();
    }
    if (budget.usedToday().tokens() > CAP || model.requests().size() > 2) {
      return "used " + budget.usedToday();
    }
    return said.flags().stream().anyMatch(flag -> flag.contains("INJECT")) ? "an alarm" : "";
  }

  private static String breach(
      LlmRequest request, String text, @org.jspecify.annotations.Nullable String attack) {
    List<LlmMessage> messages = request.messages();
    String system = messages.get(0).text();
    List<String> lines = messages.get(1).text().lines().toList();
    int items = lines.size() - 2;
    String open = lines.get(items - 1);
    String mark = open.replace("<<<texts ", "").replace(">>>", "");
    if (messages.size() != 2 || !request.tools().isEmpty()) {
      return "messages or tools";
    }
    if (attack != null && system.contains(attack)) {
      return "the attack is an instruction";
    }
    String item = lines.get(items);
    boolean closed = lines.get(items + 1).equals("<<<end " + mark + ">>>");
    boolean inside = item.endsWith(",\"text\":" + PlainText.json(PlainText.clean(text)) + "}");
    return closed && inside && mark.matches("[0-9a-f]{32}") && !item.contains(mark)
        ? ""
        : "the data part is broken: " + item;
  }
}
