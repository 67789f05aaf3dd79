package io.qilin.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.api.secret.Secret;
import io.qilin.mlflow.MlflowDouble.Fault;
import io.qilin.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the server is down, dies in the middle, is slow or answers nonsense, and afterwards. */
@Timeout(60)
class MlflowFaultsTest {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00Z");
  private static final int ALWAYS = 1_000;

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  static QilinException refuses(ErrorCode code, ThrowingCallable call) {
    QilinException[] thrown = new QilinException[1];
    assertThatThrownBy(call).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
      thrown[0] = e;
    });
    return thrown[0];
  }

  /** Tries twice, and does not wait long for a server that is slow on purpose. */
  private MlflowTracker hasty(boolean slow) {
    return MlflowTracker.of(fixture
        .server(fixture.mlflow.uri())
        .attempts(2)
        .attemptTime(slow ? Duration.ofMillis(400) : Duration.ofSeconds(20))
        .mostReplyBytes(1 << 20)
        .build());
  }

  private Run begun() {
    Experiment experiment = fixture.tracker.experiment("faults");
    return fixture.tracker.startRun(RunStart.in(experiment.id()).started(START).build());
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, STORE_UNAVAILABLE, true",
    "TOO_MANY, RATE_LIMITED, true",
    "WHO, AUTHENTICATION, false",
    "HTML, NETWORK, true",
    "HTML_502, STORE_UNAVAILABLE, true",
    "GARBAGE, NETWORK, true",
    "TRUNCATED, NETWORK, true",
    "HUGE, LIMIT_EXCEEDED, false",
    "DRIP, TIMEOUT, true",
    "SILENT, TIMEOUT, true",
    "RESET_BEFORE, NETWORK, true"
  })
  void whenTheServerFails_thenTheErrorSaysSoAndTheNextCallWorks(
      Fault fault, ErrorCode code, boolean retryable) {
    Run run = begun();
    fixture.mlflow.fail("runs/get", fault, ALWAYS);

    QilinException thrown = refuses(code, () -> hasty(code == ErrorCode.TIMEOUT).run(run.id()));

    assertThat(thrown.code().retryable()).isEqualTo(retryable);
    assertThat(thrown).hasMessageContaining("runs/get");
    fixture.mlflow.heal();
    assertThat(fixture.tracker.run(run.id()).id()).isEqualTo(run.id());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "UNAVAILABLE",
        "TOO_MANY",
        "HTML",
        "HTML_502",
        "GARBAGE",
        "TRUNCATED",
        "RESET_BEFORE",
        "RESET_AFTER"
      })
  void whenItFailsOnce_thenTheCallerDoesNotNotice(Fault fault) {
    for (String call : new String[] {
      "experiments/create",
      "runs/create",
      "runs/log-batch",
      "runs/set-tag",
      "runs/update",
      "runs/delete",
      "runs/restore",
      "experiments/delete",
      "experiments/restore",
      "artifacts/list"
    }) {
      fixture.mlflow.fail(call, fault, 1);
    }

    Experiment experiment = fixture.tracker.createExperiment("once", Map.of());
    Run run =
        fixture.tracker.startRun(RunStart.in(experiment.id()).started(START).build());
    fixture.tracker.log(
        run.id(),
        RunBatch.builder()
            .param("a", "1")
            .metric("m", 1, 0, START)
            .metric("m", 1, 0, START)
            .tag("t", "x")
            .build());
    fixture.tracker.logArtifact(run.id(), "f", new byte[] {1});
    fixture.tracker.endRun(run.id(), RunStatus.FINISHED, START);
    fixture.tracker.deleteRun(run.id());
    fixture.tracker.restoreRun(run.id());
    fixture.tracker.deleteExperiment(experiment.id());
    fixture.tracker.restoreExperiment(experiment.id());

    assertThat(fixture.tracker.search(RunQuery.in(experiment.id()).build()).items())
        .containsExactly(fixture.tracker.run(run.id()));
    assertThat(fixture.tracker.history(run.id(), "m", 10, Optional.empty()).items())
        .hasSize(2);
    assertThat(fixture.tracker.artifact(run.id(), "f")).containsExactly(1);
  }

  @Test
  void whenACreatingCallFailsForGood_thenNothingIsMadeTwiceLater() {
    Experiment experiment = fixture.tracker.experiment("twice");
    fixture.mlflow.fail("runs/create", Fault.RESET_AFTER, 1);
    fixture.mlflow.fail("runs/search", Fault.UNAVAILABLE, ALWAYS);

    refuses(
        ErrorCode.STORE_UNAVAILABLE,
        () -> fixture.tracker.startRun(RunStart.in(experiment.id()).build()));

    fixture.mlflow.heal();
    assertThat(fixture.tracker.search(RunQuery.in(experiment.id()).build()).items())
        .hasSize(1);
  }

  @Test
  void whenTheServerIsDown_thenThatIsSaid() {
    fixture.mlflow.close();
    QilinException thrown = refuses(ErrorCode.NETWORK, () -> hasty(false).findExperiment("x"));
    assertThat(thrown).hasMessageContaining("cannot be reached");
  }

  @Test
  void whenThereIsNoMlflow_thenTheBaseUriIsBlamed() {
    MlflowTracker other = MlflowTracker.of(
        fixture.server(URI.create(fixture.mlflow.uri() + "/elsewhere")).build());
    assertThat(refuses(ErrorCode.INVALID_CONFIGURATION, () -> other.findExperiment("x")))
        .hasMessageContaining("base URI");
  }

  @Test
  void whenAFileIsMissingBehindTheServersBack_thenItIsNotAskedForWithoutALook() {
    Run run = begun();
    refuses(ErrorCode.DATA_NOT_FOUND, () -> fixture.tracker.artifact(run.id(), "none.txt"));
    assertThat(fixture.mlflow.log()).noneMatch(line -> line.endsWith(" 500"));
  }

  @Test
  void whenAFileWasDamaged_thenItIsNotGiven() {
    Run run = begun();
    fixture.tracker.logArtifact(run.id(), "a/f", new byte[] {1, 2});
    fixture.mlflow.damage("/a/f");
    refuses(ErrorCode.STORE_DAMAGED, () -> fixture.tracker.artifact(run.id(), "a/f"));
    refuses(
        ErrorCode.STORE_DAMAGED,
        () -> fixture.tracker.copyArtifact(run.id(), "a/f", new ByteArrayOutputStream()));
    fixture.tracker.logArtifact(run.id(), "a/f", new byte[] {1, 2});
    assertThat(fixture.tracker.artifact(run.id(), "a/f")).containsExactly(1, 2);
  }

  @Test
  void whenReplacingAFileStopsInTheMiddle_thenOneOfBothIsThere() {
    Run run = begun();
    fixture.tracker.logArtifact(run.id(), "f", new byte[] {1});
    for (int requests = 1; requests <= 4; requests++) {
      fixture.mlflow.dieAfter(requests);
      byte[] next = {(byte) (10 + requests)};
      try {
        fixture.tracker.logArtifact(run.id(), "f", next);
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.NETWORK);
      }
      fixture.mlflow.heal();
      assertThat(fixture.tracker.artifact(run.id(), "f")).hasSize(1);
    }
  }

  @Test
  void whenADownloadBreaksInTheMiddle_thenItIsNotBegunAgainInTheSameStream() {
    Run run = begun();
    fixture.tracker.logArtifact(run.id(), "f", new byte[100]);
    fixture.mlflow.fail("/artifacts/f", Fault.TRUNCATED, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    refuses(ErrorCode.NETWORK, () -> fixture.tracker.copyArtifact(run.id(), "f", out));
    assertThat(fixture.tracker.copyArtifact(run.id(), "f", new ByteArrayOutputStream()))
        .isEqualTo(100);
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheCallEnds() {
    Run run = begun();
    fixture.mlflow.fail("runs/get", Fault.SILENT, ALWAYS);
    Thread.currentThread().interrupt();
    refuses(ErrorCode.CANCELLED, () -> fixture.tracker.run(run.id()));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenCredentialsAreSet_thenTheyAreSentAndNeverShown() {
    fixture.mlflow.require("Bearer top-secret");
    MlflowServer right =
        fixture.server(fixture.mlflow.uri()).bearer(Secret.of("top-secret")).build();
    MlflowServer wrong = fixture
        .server(fixture.mlflow.uri())
        .basic("me", Secret.of("top-secret"))
        .build();

    assertThat(MlflowTracker.of(right).findExperiment("Default")).isPresent();
    QilinException thrown =
        refuses(ErrorCode.AUTHENTICATION, () -> MlflowTracker.of(wrong).findExperiment("Default"));

    assertThat(thrown.getMessage() + right + wrong).doesNotContain("top-secret");
    assertThat(fixture.mlflow.log()).filteredOn(line -> line.endsWith(" 401")).hasSize(1);
    fixture.mlflow.require("Basic bWU6dG9wLXNlY3JldA==");
    assertThat(MlflowTracker.of(wrong).findExperiment("Default")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"top-secret\n", "top secret", "top-sécret"})
  void whenATokenFitsNoHeader_thenItIsRefusedAndNotShown(String token) {
    QilinException thrown = refuses(
        ErrorCode.INVALID_CONFIGURATION,
        () -> fixture.server(fixture.mlflow.uri()).bearer(Secret.of(token)));
    assertThat(thrown).hasMessageNotContaining("top");
  }

  @Test
  void whenTheCallersStreamFails_thenTheNetworkIsNotBlamed() {
    Run run = begun();
    fixture.tracker.logArtifact(run.id(), "f", new byte[100]);
    for (Exception failure :
        List.of(new IOException("disk full"), new IllegalStateException("closed"))) {
      OutputStream full = new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          if (failure instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) failure;
        }
      };
      assertThat(refuses(ErrorCode.IO, () -> fixture.tracker.copyArtifact(run.id(), "f", full)))
          .hasRootCause(failure);
    }
    assertThat(fixture.mlflow.succeeded("/artifacts/f")).isEqualTo(3);
  }

  @Test
  void whenOneWaitsForAnothersCall_thenItEndsWithThatOrByAnInterrupt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    FreshAnswers answers = new FreshAnswers(
        name -> {
          asked.incrementAndGet();
          asking.countDown();
          try {
            fail.await();
          } catch (InterruptedException e) {
            throw new QilinException(ErrorCode.CANCELLED, "interrupted", e);
          }
          throw new QilinException(ErrorCode.TIMEOUT, "slow");
        },
        System::nanoTime,
        1);
    List<ErrorCode> codes = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Thread thread = new Thread(() -> {
        try {
          answers.get("m");
        } catch (QilinException e) {
          codes.add(e.code());
        }
      });
      threads.add(thread);
      thread.start();
      asking.await();
    }
    for (Thread thread : threads.subList(1, 5)) {
      Await.until("it waits for the first", () -> thread.getState() == Thread.State.WAITING);
    }
    threads.get(4).interrupt();
    threads.get(4).join();
    assertThat(codes).containsExactly(ErrorCode.CANCELLED);
    fail.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(codes).hasSize(5).filteredOn(ErrorCode.TIMEOUT::equals).hasSize(4);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whenPagesDoNotEnd_thenASearchDoes() throws IOException {
    HttpServer endless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endless.createContext("/", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        byte[] answer = (exchange.getRequestURI().getPath().endsWith("runs/search")
                ? "{\"next_page_token\":\"x\",\"runs\":[]}"
                : "{\"experiment\":{\"experiment_id\":\"1\",\"name\":\"e\"}}")
            .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      }
    });
    endless.start();
    try {
      MlflowTracker tracker = MlflowTracker.of(fixture
          .server(URI.create("http://127.0.0.1:" + endless.getAddress().getPort()))
          .build());
      refuses(ErrorCode.NETWORK, () -> tracker.search(RunQuery.in("1").build()));
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void whenSettingsAreUnsafe_thenTheyAreRefused() {
    Secret token = Secret.of("t");
    refuses(
        ErrorCode.INVALID_CONFIGURATION,
        () -> fixture
            .server(URI.create("http://mlflow.example.com"))
            .bearer(token)
            .build());
    fixture
        .server(URI.create("http://mlflow.example.com"))
        .bearer(token)
        .plainCredentials(true)
        .build();
    fixture
        .server(URI.create("https://mlflow.example.com/prefix/"))
        .bearer(token)
        .build();
    for (String uri : new String[] {
      "https://u:p@x", "ftp://x", "https://x?a=b", "http://x:70000", "mlflow.example.com"
    }) {
      assertThat(refuses(ErrorCode.INVALID_CONFIGURATION, () -> fixture.server(URI.create(uri))))
          .hasMessageNotContaining("u:p");
    }
    HttpClient follows =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    refuses(
        ErrorCode.INVALID_CONFIGURATION,
        () -> MlflowServer.builder(
            fixture.mlflow.uri(), follows, Clock.systemUTC(), System::nanoTime, new Random(1)));
  }
}
