package io.qilin.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.NoopTransport;
import io.openlineage.client.transports.Transport;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is down, dies, hangs, refuses or talks nonsense loses no event. */
@Timeout(120)
class SenderFaultTest {
  private final SettableClock clock = SettableClock.at("2024-01-02T18:00:00+08:00");
  private LineageServer server = new LineageServer();

  @TempDir
  private Path folder;

  @AfterEach
  void close() {
    assertThat(server.faults()).isEmpty();
    server.close();
  }

  private LineageSender sender(Transport transport, Executor executor) {
    return LineageSender.builder(
            transport, Lineages.EVENTS, folder.resolve("outbox"), executor, clock)
        .open();
  }

  private static void refused(ThrowingCallable call, ErrorCode code, String word) {
    assertThatThrownBy(call)
        .hasMessageContaining(word)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenTheServerIsDownAtFirst_thenEventsWaitAndArriveInOrder() {
    int port = server.port();
    server.close();
    try (LineageSender sender = sender(LineageServer.transport(port, 40_000), Runnable::run)) {
      sender.send(Lineages.graph());
      assertThat(sender.status().pending()).isEqualTo(6);
      assertThat(sender.status().failures()).isEqualTo(1);
      assertThat(sender.status().lastFailure().orElseThrow())
          .contains("QILIN-5003", "ConnectException")
          .doesNotContain(Integer.toString(port));
      sender.send(Lineages.failed());
      assertThat(sender.status().failures()).as("sending rests").isEqualTo(1);
      server = new LineageServer(port);
      clock.advance(Duration.ofSeconds(31));
      sender.send(Lineages.graph(8));
      assertThat(sender.status().pending()).isZero();
      assertThat(sender.status().lastFailure()).isEmpty();
    }
    assertThat(server.told()).hasSize(14);
    assertThat(server.told().subList(0, 6)).isEqualTo(Lineages.TOLD);
    assertThat(server.told().subList(6, 8)).containsExactly("START train", "FAIL train");
    assertThat(server.told().subList(8, 14)).isEqualTo(Lineages.TOLD);
  }

  @Test
  void whenTheServerDiesInTheMiddle_thenTheNextProcessSendsTheRest() {
    server.answering(event -> server.events().size() < 3 ? 201 : 500);
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      sender.send(Lineages.graph());
      assertThat(sender.status().sent()).isEqualTo(3);
      refused(sender::drain, ErrorCode.NETWORK, "answered 500");
    }
    server.answering(event -> 201);
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      assertThat(sender.status().pending()).isEqualTo(3);
      assertThat(sender.drain()).isEqualTo(3);
    }
    assertThat(server.told()).isEqualTo(Lineages.TOLD);
  }

  @Test
  void whenTheServerHangs_thenSendingGoesOnWithoutIt() {
    CountDownLatch gate = new CountDownLatch(1);
    server.holdAt(gate);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (LineageSender sender = sender(LineageServer.transport(server.port(), 300), pool)) {
      sender.send(Lineages.graph());
      assertThat(sender.status().pending()).isEqualTo(6);
      refused(sender::drain, ErrorCode.NETWORK, "SocketTimeoutException");
    } finally {
      pool.shutdownNow();
    }
    gate.countDown();
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      assertThat(sender.drain()).isEqualTo(6);
    }
    assertThat(server.told()).as("late answers may double events").containsAll(Lineages.TOLD);
  }

  @Test
  void whenTheServerTalksNonsense_thenEventsWait() throws Exception {
    Thread answers;
    try (ServerSocket nonsense = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      answers = new Thread(() -> talk(nonsense));
      answers.start();
      try (LineageSender sender =
          sender(LineageServer.transport(nonsense.getLocalPort(), 40_000), Runnable::run)) {
        sender.send(Lineages.graph());
        assertThat(sender.status().pending()).isEqualTo(6);
        assertThat(sender.status().lastFailure().orElseThrow()).contains("QILIN-5003");
      }
    }
    answers.join();
  }

  /** Answers every call with what is no HTTP, until the socket is closed. */
  private static void talk(ServerSocket nonsense) {
    while (!nonsense.isClosed()) {
      try (Socket socket = nonsense.accept()) {
        socket
            .getOutputStream()
            .write("\u0000\u0001garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // The caller went away, or the socket is closed: the loop finds out.
      }
    }
  }

  @Test
  void whenTheServerWillNeverTakeAnEvent_thenItIsKeptApartAndTheOthersArrive() throws IOException {
    server.answering(event -> event.getJob().getName().equals("judge-quality") ? 422 : 201);
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      sender.send(Lineages.graph());
      assertThat(sender.status().sent()).isEqualTo(4);
      assertThat(sender.status().refused()).isEqualTo(2);
      assertThat(sender.status().pending()).isZero();
    }
    assertThat(Files.readAllLines(folder.resolve("outbox.refused")))
        .hasSize(2)
        .allMatch(line -> line.contains("judge-quality"));
  }

  @Test
  void whenTheClientCannotReadAnEvent_thenItIsKeptApartAndTheOthersArrive() throws IOException {
    try (Outbox outbox = Outbox.open(folder.resolve("outbox"), 1 << 20)) {
      outbox.append(List.of("{\"eventType\":\"FROM_A_NEWER_VERSION\"}"));
    }
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      sender.send(Lineages.failed());
      assertThat(sender.status().sent()).isEqualTo(2);
      assertThat(sender.status().refused()).isEqualTo(1);
    }
    assertThat(Files.readString(folder.resolve("outbox.refused"))).contains("NEWER");
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTHENTICATION, key",
    "403, AUTHENTICATION, key",
    "404, INVALID_CONFIGURATION, address",
    "502, NETWORK, outbox"
  })
  void whenTheServerRefusesTheCaller_thenTheErrorSaysWhatToMend(
      int status, ErrorCode code, String word) {
    server.answering(event -> status);
    try (LineageSender sender = sender(server.transport(), command -> {})) {
      sender.send(Lineages.graph());
      refused(sender::drain, code, word);
      assertThat(sender.status().pending()).isEqualTo(6);
    }
  }

  @Test
  void whenTheOutboxIsFull_thenTheCallerIsToldAndNothingTakenIsLost() {
    server.answering(event -> 500);
    try (LineageSender sender = LineageSender.builder(
            server.transport(), Lineages.EVENTS, folder.resolve("outbox"), Runnable::run, clock)
        .maxOutboxBytes(6_000)
        .open()) {
      refused(
          () -> {
            for (int i = 0; i < 10; i++) {
              sender.send(Lineages.graph());
            }
          },
          ErrorCode.LIMIT_EXCEEDED,
          "bring the server back");
      long taken = sender.status().pending();
      assertThat(taken).isPositive();
      server.answering(event -> 201);
      assertThat(sender.drain()).isEqualTo(taken);
      sender.send(Lineages.graph(), Lineages.graph().steps().get(0));
    }
  }

  @Test
  void whenTheOutboxIsFullAndTheServerIsBack_thenTheNextSendMakesRoom() {
    server.answering(event -> 500);
    try (LineageSender sender = LineageSender.builder(
            server.transport(), Lineages.EVENTS, folder.resolve("outbox"), Runnable::run, clock)
        .maxOutboxBytes(6_000)
        .open()) {
      refused(() -> sender.send(Lineages.graph()), ErrorCode.LIMIT_EXCEEDED, "wait");
      server.answering(event -> 201);
      clock.advance(Duration.ofSeconds(31));
      refused(() -> sender.send(Lineages.graph()), ErrorCode.LIMIT_EXCEEDED, "wait");
      assertThat(sender.status().pending()).isZero();
      sender.send(Lineages.failed());
      assertThat(server.told()).endsWith("START train", "FAIL train");
    }
  }

  @Test
  void whenTheClockIsSetBack_thenSendingDoesNotRestForAsLong() {
    server.answering(event -> 500);
    try (LineageSender sender = sender(server.transport(), Runnable::run)) {
      sender.send(Lineages.failed());
      server.answering(event -> 201);
      clock.advance(Duration.ofDays(-1));
      sender.send(Lineages.failed());
      assertThat(sender.status().pending()).isZero();
    }
  }

  @Test
  void whenTheOutboxIsChangedByOthers_thenSendingInTheBackgroundCountsTheFailure()
      throws IOException {
    try (LineageSender sender = sender(server.transport(), command -> {})) {
      sender.send(Lineages.failed());
    }
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (LineageSender sender = sender(server.transport(), tasks::add)) {
      sender.send(Lineages.failed());
      Files.write(folder.resolve("outbox"), new byte[100], StandardOpenOption.WRITE);
      tasks.remove().run();
      assertThat(sender.status().failures()).isEqualTo(1);
      assertThat(sender.status().lastFailure().orElseThrow()).contains("changed");
    }
  }

  @Test
  void whenTheExecutorRefuses_thenEventsWaitForTheNextCall() {
    try (LineageSender sender = sender(server.transport(), command -> {
      throw new RejectedExecutionException("shut down");
    })) {
      sender.send(Lineages.graph());
      assertThat(sender.status().pending()).isEqualTo(6);
      assertThat(sender.status().lastFailure().orElseThrow()).contains("executor");
      assertThat(sender.drain()).isEqualTo(6);
    }
  }

  @Test
  void whenTheThreadIsInterrupted_thenSendingStopsAndTheFlagStays() {
    try (LineageSender sender = sender(server.transport(), command -> {})) {
      sender.send(Lineages.graph());
      Thread.currentThread().interrupt();
      refused(sender::drain, ErrorCode.CANCELLED, "interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(sender.drain()).isEqualTo(6);
    }
  }

  @Test
  void whenTheTransportIsInterrupted_thenSendingIsCancelledAndDoesNotRest() {
    Transport interrupted = new NoopTransport() {
      @Override
      public void emit(OpenLineage.RunEvent event) {
        Thread.currentThread().interrupt();
        throw new OpenLineageClientException(new InterruptedIOException());
      }

      @Override
      public void close() {}
    };
    List<Runnable> tasks = new ArrayList<>();
    try (LineageSender sender = sender(interrupted, tasks::add)) {
      sender.send(Lineages.failed());
      refused(sender::drain, ErrorCode.CANCELLED, "interrupted");
      assertThat(Thread.interrupted()).isTrue();
      tasks.get(0).run();
      assertThat(Thread.interrupted()).isTrue();
      sender.send(Lineages.failed());
      assertThat(tasks).hasSize(2);
    }
  }

  @Test
  void whenTheSenderIsClosed_thenItTakesNothing() {
    LineageSender sender = sender(server.transport(), Runnable::run);
    sender.close();
    sender.close();
    refused(() -> sender.send(Lineages.graph()), ErrorCode.INVALID_ARGUMENT, "closed");
    assertThat(sender.drain()).isZero();
  }

  @Test
  void whenManyThreadsSend_thenEachPairArrivesOnceAndInOrder() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (LineageSender sender = sender(server.transport(), pool)) {
      CountDownLatch done = new CountDownLatch(8);
      for (int i = 0; i < 8; i++) {
        int own = i;
        pool.execute(() -> {
          sender.send(Lineages.failed(own));
          done.countDown();
        });
      }
      done.await();
      sender.drain();
      assertThat(sender.status().sent()).isEqualTo(16);
    } finally {
      pool.shutdownNow();
    }
    List<UUID> runs = new ArrayList<>();
    for (int i = 0; i < 16; i += 2) {
      assertThat(server.told().subList(i, i + 2)).containsExactly("START train", "FAIL train");
      UUID run = server.events().get(i).getRun().getRunId();
      assertThat(server.events().get(i + 1).getRun().getRunId()).isEqualTo(run);
      runs.add(run);
    }
    assertThat(server.events()).hasSize(16);
    assertThat(runs).doesNotHaveDuplicates();
  }
}
