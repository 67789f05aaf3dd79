package io.qilin.spring.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.spring.FlakyProvider;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole application over HTTP. */
@SpringBootTest(
    classes = RecommendApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "qilin.data.source=demo",
      "qilin.data.settings.symbols=60",
      "qilin.data.settings.years=2",
      "qilin.data.cache.fresh-for=10m",
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
        .isEqualTo("200 []");
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
      assertThat(http.get("/actuator/" + path))
          .as(path)
          .startsWith("200")
          .doesNotContain("canary");
    }
  }

  /** Work that lasts until the test lets it end. */
  @Configuration(proxyBeanMethods = false)
  static class Slow {
    static final CountDownLatch ENTERED = new CountDownLatch(1);
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Bean
    SlowController slowController(DrainGate work) {
      return new SlowController(work);
    }

    @Bean
    FlakyProvider flakyProvider() {
      FlakyProvider flaky = new FlakyProvider();
      flaky.opening = FlakyProvider.Mood.AWAY;
      return flaky;
    }
  }

  @RestController
  static class SlowController {
    private final DrainGate work;

    SlowController(DrainGate work) {
      this.work = work;
    }

    @GetMapping("/slow")
    String slow() {
      return work.call(() -> {
        Slow.ENTERED.countDown();
        try {
          return Slow.RELEASE.await(1, TimeUnit.MINUTES) ? "done" : "late";
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return "interrupted";
        }
      });
    }
  }

  @Test
  void whenTheApplicationStops_thenARequestInsideIsAnsweredAndBackgroundWorkIsWaitedFor()
      throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    SpringApplication application =
        new SpringApplication(RecommendApplication.class, Slow.class);
    application.setRegisterShutdownHook(false);
    application.addListeners(event -> {
      if (event instanceof ContextClosedEvent) {
        closing.countDown();
      }
    });
    ConfigurableApplicationContext running = application.run(
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--qilin.data.source=flaky",
        "--management.endpoints.web.exposure.include=health");
    Http http = new Http(running);
    // The source is down, and the application works.
    assertThat(http.get("/actuator/health")).startsWith("200");
    CompletableFuture<HttpResponse<String>> answer =
        http.client().sendAsync(http.request("/slow"), HttpResponse.BodyHandlers.ofString());
    assertThat(Slow.ENTERED.await(1, TimeUnit.MINUTES)).isTrue();
    DrainGate.Pass background = running.getBean(DrainGate.class).enter();
    Lifecycle lifecycle = running.getBean(Lifecycle.class);

    CompletableFuture<Void> closed = CompletableFuture.runAsync(running::close);
    assertThat(closing.await(1, TimeUnit.MINUTES)).isTrue();
    Slow.RELEASE.countDown();
    assertThat(answer.get(1, TimeUnit.MINUTES).body()).isEqualTo("done");
    background.close();
    closed.get(1, TimeUnit.MINUTES);
    assertThat(lifecycle.report().orElseThrow().clean()).isTrue();
  }
}
