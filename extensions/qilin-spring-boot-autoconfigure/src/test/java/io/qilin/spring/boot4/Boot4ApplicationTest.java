package io.qilin.spring.boot4;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.spring.example.Http;
import io.qilin.spring.example.RecommendApplication;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/** The same application on the class path of Spring Boot 4, which this class gets from a run of its own. */
class Boot4ApplicationTest {
  @Test
  void whenTheApplicationRunsOnSpringBoot4_thenBeansHealthEndpointAndMetersAreThere()
      throws Exception {
    assertThat(SpringBootVersion.getVersion()).startsWith("4.");
    SpringApplication application = new SpringApplication(RecommendApplication.class);
    application.setRegisterShutdownHook(false);
    ConfigurableApplicationContext running = application.run(
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--qilin.data.source=demo",
        "--qilin.data.settings.symbols=60",
        "--qilin.data.settings.years=2",
        "--qilin.data.deadline=1m",
        "--qilin.ops.health.timeout=1m",
        "--qilin.llm.models[0].preset=deepseek",
        "--qilin.llm.models[0].model=some-model",
        "--qilin.llm.models[0].api-key=canary",
        "--management.endpoints.web.exposure.include=*",
        "--management.endpoint.health.show-details=always",
        "--management.endpoint.env.show-values=always");
    Lifecycle lifecycle = running.getBean(Lifecycle.class);
    try (running) {
      Http http = new Http(running);
      assertThat(http.get("/recommendations/2025-11-20")).startsWith("200");
      assertThat(http.get("/actuator/health/qilin"))
          .startsWith("200")
          .contains("\"sources\":{")
          .contains("\"lifecycle\":{");
      assertThat(http.get("/actuator/health/qilin/desk")).startsWith("200").contains("UP");
      assertThat(http.get("/actuator/qilin")).startsWith("200").contains("limit-up-quality");
      assertThat(http.get("/actuator/metrics/qilin.data.answers")).startsWith("200");
      assertThat(http.get("/actuator/metrics/qilin.agent.analysis.duration")).startsWith("200");
      assertThat(http.get("/actuator/env")).startsWith("200").doesNotContain("canary");
    }
    assertThat(lifecycle.report().orElseThrow().clean()).isTrue();
  }

  @Test
  void whenAPropertyIsWrong_thenTheStartFails() {
    SpringApplication application = new SpringApplication(RecommendApplication.class);
    application.setRegisterShutdownHook(false);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> application.run("--server.port=0", "--qilin.data.source=nobody"))
        .hasStackTraceContaining("qilin.data.source");
  }
}
