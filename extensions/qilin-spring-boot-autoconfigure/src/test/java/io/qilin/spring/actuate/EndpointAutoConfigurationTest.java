package io.qilin.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.source.MarketDataProvider;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.spring.Contexts;
import io.qilin.spring.FlakyProvider;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EndpointAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      Contexts.runner().withPropertyValues("management.endpoints.web.exposure.include=qilin");

  @Test
  void whenTheEndpointIsNotExposed_thenThereIsNone() {
    Contexts.runner().run(context -> assertThat(context).doesNotHaveBean(QilinEndpoint.class));
  }

  @Test
  void whenItIsAsked_thenItTellsPartsAndTroubles() {
    FlakyProvider flaky = new FlakyProvider();
    flaky.opening = FlakyProvider.Mood.AWAY;
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky")
        .run(context -> {
          Map<String, Object> told = context.getBean(QilinEndpoint.class).qilin();
          assertThat(told).containsKey("version");
          assertThat(told.get("degraded").toString()).contains("sources=DEGRADED");
          assertThat(told.get("parts").toString())
              .contains("flaky")
              .contains("limit-up-quality")
              .contains("alpha158")
              .contains("DAILY_BARS")
              .contains("lifecycle={");
        });
  }

  /** A part that fails. */
  private static final class Faulty implements QilinPart {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public boolean required() {
      return true;
    }

    @Override
    public PartState state() {
      throw new ClassCastException("canary");
    }

    @Override
    public Map<String, Object> description() {
      return Map.of();
    }
  }

  @Test
  void whenAPartFails_thenItIsNamedAndTheOthersStand() {
    runner.withBean(QilinPart.class, Faulty::new).run(context -> {
      Map<String, Object> told = context.getBean(QilinEndpoint.class).qilin();
      assertThat(told.get("degraded").toString()).contains("faulty=DOWN").doesNotContain("canary");
      assertThat(told.get("parts").toString()).contains("desk");
      assertThat(health(context.getBean(QilinHealthContributor.class), "faulty"))
          .isEqualTo("DOWN");
    });
  }

  private static String health(QilinHealthContributor contributor, String part) {
    HealthIndicator indicator = (HealthIndicator) contributor.getContributor(part);
    return indicator.health().getStatus().getCode();
  }

  @Test
  void whenHealthIsAsked_thenEachPartTells() {
    FlakyProvider flaky = new FlakyProvider();
    flaky.opening = FlakyProvider.Mood.AWAY;
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky")
        .run(context -> {
          QilinHealthContributor contributor = context.getBean(QilinHealthContributor.class);
          assertThat(health(contributor, "sources")).isEqualTo("DEGRADED");
          assertThat(health(contributor, "lifecycle")).isEqualTo("UP");
          assertThat(contributor.getContributor("nobody")).isNull();
          assertThat(contributor.stream().map(one -> one.getName()))
              .contains("desk", "factors", "sources", "lifecycle", "dependencies");
          context.getBean(HealthRegistry.class).drain();
          assertThat(ReportedHealth.of(context.getBean(HealthRegistry.class), "lifecycle")
                  .status())
              .isEqualTo("OUT_OF_SERVICE");
        });
  }

  @Test
  void whenHealthIsDisabled_thenThereIsNoContributor() {
    runner
        .withPropertyValues("management.health.qilin.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(QilinHealthContributor.class));
  }

  @ParameterizedTest
  @CsvSource({
    "qilin.llm.models[0].api-key, canary, true",
    "qilin.llm.models[0].apiKey, canary, true",
    "QILIN_LLM_MODELS_0_APIKEY, canary, true",
    "qilin.data.settings.password, canary, true",
    "qilin.data.settings.access_token, canary, true",
    "qilin.data.settings.url, https://me:canary@host/, true",
    "qilin.llm.budget.tokens-per-day, 1000, false",
    "qilin.data.source, demo, false",
    "app.api-key, canary, false"
  })
  void whenAllValuesAreShown_thenSecretsAreNot(String key, String value, boolean hidden) {
    Object shown =
        new HiddenValues().apply(new SanitizableData(null, key, value)).getValue();
    assertThat(shown).isEqualTo(hidden ? SanitizableData.SANITIZED_VALUE : value);
  }
}
