package io.qilin.spring.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** A whole application over HTTP. */
@SpringBootTest(
    classes = RecommendApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "qilin.data.source=demo",
      "qilin.data.settings.symbols=60",
      "qilin.data.settings.years=2",
      "qilin.data.cache.fresh-for=10m",
      "qilin.data.deadline=1m",
      "qilin.ops.health.timeout=1m",
      "qilin.llm.models[0].preset=deepseek",
      "qilin.llm.models[0].model=some-model",
      "qilin.llm.models[0].api-key=canary",
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
      "management.endpoint.health.show-components=always",
      "management.endpoint.health.probes.enabled=true",
      "management.endpoint.health.group.readiness.include=readinessState,qilin",
      "management.endpoint.env.show-values=always",
      "management.endpoint.configprops.show-values=always",
      "server.address=127.0.0.1"
    })
class RecommendApplicationTest {
  @Autowired
  private ApplicationContext context;

  @Test
  void whenAnEveningIsAsked_thenOrdersAreRecommended() throws Exception {
    Http http = new Http(context);
    assertThat(http.get("/recommendations/2025-11-20"))
        .isEqualTo("200 [\"1. BUY 3300 003505.SZ @ 29.65\",\"2. BUY 3700 302509.SZ @ 26.44\"]");
    assertThat(http.get("/actuator/metrics/qilin.data.answers")).startsWith("200");
    assertThat(http.get("/actuator/metrics/qilin.agent.analysis.duration")).startsWith("200");
  }

  @Test
  void whenTheActuatorIsAsked_thenQilinsPartsAreThere() throws Exception {
    Http http = new Http(context);
    assertThat(http.get("/actuator/health/qilin"))
        .startsWith("200")
        .contains("\"sources\":{\"status\":\"UP\"");
    assertThat(http.get("/actuator/health/qilin/desk")).startsWith("200").contains("UP");
    assertThat(http.get("/actuator/health/readiness")).startsWith("200").contains("lifecycle");
    assertThat(http.get("/actuator/qilin"))
        .startsWith("200")
        .contains("\"provider\":\"demo\"")
        .contains("limit-up-quality")
        .contains("deepseek/some-model");
  }

  @Test
  void whenAllValuesAreShown_thenNoEndpointTellsTheKey() throws Exception {
    Http http = new Http(context);
    for (String path : new String[] {"env", "configprops", "qilin", "beans", "health"}) {
      assertThat(http.get("/actuator/" + path)).as(path).startsWith("200").doesNotContain("canary");
    }
  }
}
