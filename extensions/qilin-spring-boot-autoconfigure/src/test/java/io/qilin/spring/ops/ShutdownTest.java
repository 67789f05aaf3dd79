package io.qilin.spring.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.spring.FlakyProvider;
import io.qilin.spring.example.Http;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a web application stops that has work in hand. */
class ShutdownTest {
  /** An application whose source is away. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Slow slow(DrainGate work) {
      return new Slow(work);
    }

    @Bean
    FlakyProvider flakyProvider() {
      FlakyProvider flaky = new FlakyProvider();
      flaky.opening = FlakyProvider.Mood.AWAY;
      return flaky;
    }
  }

  /** Work that lasts until the test lets it end. */
  @RestController
  static class Slow {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final DrainGate work;

    Slow(DrainGate work) {
      this.work = work;
    }

    @GetMapping("/slow")
    String slow() {
      return work.call(() -> {
        entered.countDown();
        try {
          return release.await(1, TimeUnit.MINUTES) ? "done" : "late";
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
    SpringApplication application = new SpringApplication(Application.class);
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
        "--management.endpoint.health.show-components=always",
        "--management.endpoint.health.status.order=down,out-of-service,degraded,up,unknown");
    Http http = new Http(running);
    assertThat(http.get("/actuator/health"))
        .startsWith("200 {\"status\":\"DEGRADED\"")
        .contains("\"sources\":{\"status\":\"DEGRADED\"}");
    Slow slow = running.getBean(Slow.class);
    CompletableFuture<HttpResponse<String>> answer =
        http.client().sendAsync(http.request("/slow"), HttpResponse.BodyHandlers.ofString());
    assertThat(slow.entered.await(1, TimeUnit.MINUTES)).isTrue();
    DrainGate.Pass background = running.getBean(DrainGate.class).enter();
    Lifecycle lifecycle = running.getBean(Lifecycle.class);

    // Not on the common pool, whose only thread may be the one that hands over the answer.
    FutureTask<Void> closed = new FutureTask<>(running::close, null);
    new Thread(closed, "closing").start();
    assertThat(closing.await(1, TimeUnit.MINUTES)).isTrue();
    slow.release.countDown();
    assertThat(answer.get(1, TimeUnit.MINUTES).body()).isEqualTo("done");
    background.close();
    closed.get(1, TimeUnit.MINUTES);
    assertThat(lifecycle.report().orElseThrow().clean()).isTrue();
  }
}
