package io.qilin.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.source.MarketDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a person reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {
  /** An application. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    QilinAutoConfiguration.class,
    io.qilin.spring.data.DataAutoConfiguration.class,
    io.qilin.spring.agents.LlmAutoConfiguration.class
  })
  static class Application {}

  /** An application with a fault of its own. */
  @Configuration(proxyBeanMethods = false)
  static class Faulty {
    @Bean
    AlertSink sink() {
      throw io.qilin.api.error.QilinException.invalid("a fault of the application");
    }
  }

  /** An application that needs a source. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    QilinAutoConfiguration.class,
    io.qilin.spring.data.DataAutoConfiguration.class
  })
  static class Needy {
    @Bean
    Object needy(MarketDataSource source) {
      return source;
    }
  }

  /** An application that needs something else. */
  @Configuration(proxyBeanMethods = false)
  static class Lonely {
    @Bean
    Object needy(java.util.concurrent.Callable<?> task) {
      return task;
    }
  }

  private static void start(Class<?> application, String... properties) {
    SpringApplication app = new SpringApplication(application);
    app.setWebApplicationType(WebApplicationType.NONE);
    app.setRegisterShutdownHook(false);
    try {
      app.run(properties).close();
    } catch (RuntimeException expected) {
      return;
    }
    throw new AssertionError("the application started");
  }

  @Test
  void whenAValueIsWrong_thenPropertyValueOriginAndMendAreTold(CapturedOutput output) {
    start(Application.class, "--qilin.data.source=demmo");
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Property: qilin.data.source")
        .contains("Value: 'demmo'")
        .contains("Origin: \"qilin.data.source\" from property source \"commandLineArgs\"")
        .contains("known are")
        .contains("csv");
  }

  @Test
  void whenAKeyIsEmpty_thenItsPropertyIsNamed(CapturedOutput output) {
    start(Application.class, "--qilin.llm.models[0].model=wise", "--qilin.llm.models[0].api-key=");
    assertThat(output)
        .contains("Property: qilin.llm.models[0].api-key")
        .contains("Origin:")
        .contains("a secret is not empty");
  }

  @Test
  void whenASourceIsInjectedAndNoneIsNamed_thenThePropertyIsTold(CapturedOutput output) {
    start(Needy.class);
    assertThat(output)
        .contains("needs a bean of io.qilin.api.source.MarketDataSource")
        .contains("Set qilin.data.source");
  }

  @Test
  void whenABeanOfTheApplicationIsMissing_thenSpringBootSaysSo(CapturedOutput output) {
    start(Lonely.class);
    assertThat(output).contains("required a bean of type 'java.util.concurrent.Callable'");
  }

  @Test
  void whenADurationIsWrong_thenSpringBootSaysSo(CapturedOutput output) {
    start(Application.class, "--qilin.data.deadline=soon");
    assertThat(output).contains("Property: qilin.data.deadline").contains("Value: \"soon\"");
  }

  @Test
  void whenANameIsMisspelt_thenItIsNamedWithoutItsValue(CapturedOutput output) {
    start(
        Application.class,
        "--qilin.llm.models[0].model=wise",
        "--qilin.llm.models[0].api-kye=canary");
    assertThat(output)
        .contains("Qilin does not know a property")
        .contains("api-kye")
        .doesNotContain("canary");
  }

  @Test
  void whenQilinRefusesForAnotherReason_thenItsMessageIsShown(CapturedOutput output) {
    start(Faulty.class);
    assertThat(output).contains("a fault of the application").contains("INVALID_ARGUMENT");
  }
}
