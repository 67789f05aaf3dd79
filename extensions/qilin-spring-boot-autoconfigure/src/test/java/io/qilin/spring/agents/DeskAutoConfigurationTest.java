package io.qilin.spring.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.NewsAnalyst;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.market.Symbol;
import io.qilin.spring.Contexts;
import io.qilin.spring.PropertyRefused;
import io.qilin.testkit.ScriptedLlm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeskAutoConfigurationTest {
  private final ApplicationContextRunner runner = Contexts.runner();

  /** Has nothing to say. */
  private record Silent(String id) implements Analyst {
    @Override
    public String title() {
      return "Silent";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      return Map.of();
    }
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whenOnlyThePresetIsSet_thenTheDeskIsTheStandardOne(Preset preset) {
    runner
        .withPropertyValues("qilin.desk.preset=" + preset)
        .run(context -> assertThat(context.getBean(ResearchDesk.class).settings())
            .isEqualTo(ResearchDesk.standard(preset).build().settings()));
  }

  @Test
  void whenTheApplicationHasAnAnalyst_thenItVotes() {
    runner
        .withBean("calm", Analyst.class, () -> new Silent("calm"))
        .withPropertyValues("qilin.desk.weights.calm=0.25")
        .run(context -> assertThat(context.getBean(ResearchDesk.class).settings())
            .containsEntry("weight.calm", "0.25"));
    runner
        .withBean("calm", Analyst.class, () -> new Silent("calm"))
        .run(context -> assertThat(context.getBean(ResearchDesk.class).settings())
            .containsEntry("weight.calm", "0.1"));
  }

  @Test
  void whenTheApplicationsAnalystHasTheIdOfABuiltInOne_thenItReplacesIt() {
    runner
        .withBean("news", Analyst.class, () -> new Silent(NewsAnalyst.ID))
        .run(context -> assertThat(context.getBean(Voters.class).analysts().get(NewsAnalyst.ID))
            .isInstanceOf(Silent.class));
  }

  @Test
  void whenTwoAnalystsHaveOneId_thenTheStartFails() {
    runner
        .withBean("one", Analyst.class, () -> new Silent("calm"))
        .withBean("two", Analyst.class, () -> new Silent("calm"))
        .run(context -> assertThat(context).getFailure().hasMessageContaining("calm"));
  }

  @Test
  void whenAWeightIsZero_thenTheAnalystIsLeftOut() {
    runner
        .withPropertyValues("qilin.desk.weights.news=0")
        .run(context -> assertThat(context.getBean(ResearchDesk.class).settings())
            .doesNotContainKey("weight.news")
            .containsKey("weight.market"));
  }

  @Test
  void whenPropertiesAreSet_thenTheDeskHasThem() {
    runner
        .withPropertyValues(
            "qilin.desk.top=5",
            "qilin.desk.min-score=0.2",
            "qilin.desk.min-coverage=0.4",
            "qilin.desk.min-safety=0.6",
            "qilin.desk.debate=off",
            "qilin.desk.parallel=false")
        .run(context -> assertThat(context.getBean(ResearchDesk.class).settings())
            .containsEntry("desk.top", "5")
            .containsEntry("desk.min-score", "0.2")
            .containsEntry("desk.min-coverage", "0.4")
            .containsEntry("desk.min-safety", "0.6")
            .doesNotContainKey("debate.band"));
  }

  @Test
  void whenTheApplicationCustomizesTheDesk_thenItsWordIsTheLast() {
    runner
        .withPropertyValues("qilin.desk.top=5")
        .withBean(DeskCustomizer.class, () -> desk -> desk.top(7))
        .run(context -> assertThat(context.getBean(ResearchDesk.class).top()).isEqualTo(7));
  }

  @Test
  void whenModelsAreToSpeak_thenTheyDo() {
    runner
        .withPropertyValues("qilin.desk.debate=models")
        .withBean(LlmClient.class, () -> ScriptedLlm.of(ScriptedLlm.text("yes")))
        .run(context ->
            assertThat(context.getBean(ResearchDesk.class).settings()).containsKey("debate.quick"));
  }

  @ParameterizedTest
  @CsvSource({
    "debate, models",
    "top, 101",
    "min-score, 2",
    "min-coverage, -1",
    "min-safety, 1.1",
    "cash, -5",
    "cash, 1.234",
    "cash, 1e30",
    "deadline, 0s",
    "other-weight, -1",
    "weights.news, -1",
    "weights.newz, 1"
  })
  void whenAValueIsWrong_thenTheStartNamesTheProperty(String name, String value) {
    runner
        .withPropertyValues("qilin.desk." + name + "=" + value)
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class,
                e -> assertThat(e.property()).isEqualTo("qilin.desk." + name)));
  }

  @Test
  void whenTheApplicationHasADesk_thenOursBacksOff() {
    ResearchDesk own = ResearchDesk.standard(Preset.STANDARD).build();
    runner.withBean("own", ResearchDesk.class, () -> own).run(context -> {
      assertThat(context).getBean(ResearchDesk.class).isSameAs(own);
      assertThat(context).doesNotHaveBean(DeskPart.class);
    });
  }
}
