package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.stream.StreamMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The partner is down, dies, is silent, talks nonsense, or does not let us in. */
@Tag("fault")
class KafkaFaultsTest {
  @TempDir
  Path folder;

  private static KafkaSettings hasty(String bootstrap) {
    return KafkaSettings.builder(bootstrap).deadline(Duration.ofMillis(800)).build();
  }

  private static SinkBuilder<String> sink(KafkaSettings settings, String topic) {
    return KafkaStreamSink.builder(
        settings, topic, "writer", text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static StreamMessage<String> message(String text) {
    return new StreamMessage<>("id of " + text, 7, "600519.SH", Instant.EPOCH, text);
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
  }

  private static void refusedByAll(ErrorCode code, KafkaSettings settings) {
    refused(
        code,
        () -> KafkaReader.builder(settings, "g", StartAt.EARLIEST)
            .topic("t")
            .open()
            .close());
    refused(code, () -> sink(settings, "t").open().close());
    try (KafkaRelay relay = KafkaRelay.builder(settings, "g", "w", "dead")
        .topic("t", PayloadSchemas.ANY, (message, output) -> {})
        .build()) {
      refused(code, relay::step);
    }
  }

  @Test
  void whenNoBrokerIsThere_thenItIsToldWithinTheDeadline() throws IOException {
    int free;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = taken.getLocalPort();
    }
    refusedByAll(ErrorCode.TIMEOUT, hasty("127.0.0.1:" + free));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u0000\u0000\u0000\u0004abcd"})
  void whenTheBrokerIsSilentOrTalksNonsense_thenItIsToldWithinTheDeadline(String says)
      throws Exception {
    ExecutorService host = Executors.newSingleThreadExecutor();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      host.submit(() -> {
        while (!server.isClosed()) {
          Socket client = server.accept();
          client.setSoLinger(true, 0);
          OutputStream out = client.getOutputStream();
          out.write(says.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
        }
        return null;
      });
      KafkaSettings settings = hasty("127.0.0.1:" + server.getLocalPort());
      assertThatThrownBy(() -> KafkaReader.builder(settings, "g", StartAt.EARLIEST)
              .topic("t")
              .open()
              .close())
          .isInstanceOf(QilinException.class);
      assertThatThrownBy(() -> sink(settings, "t").open().close())
          .isInstanceOf(QilinException.class);
    } finally {
      host.shutdownNow();
      host.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void whenTheBrokerGoesAndComesBack_thenBothSidesSayItAndGoOn() {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic("t", 1);
      KafkaSettings settings = KafkaSettings.builder(broker.bootstrap())
          .deadline(Duration.ofSeconds(3))
          .property("fetch.max.wait.ms", "20")
          .build();
      AtomicLong ticks = new AtomicLong();
      try (KafkaStreamSink<String> sink = sink(settings, "t").open();
          KafkaReader reader = KafkaReader.builder(settings, "g", StartAt.EARLIEST)
              .topic("t")
              .outageAfter(ticks::get, Duration.ofSeconds(10))
              .open()) {
        KafkaStreamSource source = reader.sources().get(0);
        sink.accept(message("a"));
        sink.flush();
        Taken taken = new Taken().from(source, 1);
        sink.accept(message("b"));
        broker.stop();
        refused(ErrorCode.TIMEOUT, sink::flush);
        assertThat(sink.accept(message("b"))).isFalse();
        assertThat(sink.accept(message("c"))).isTrue();
        refused(ErrorCode.NETWORK, () -> silently(source, ticks));
        assertThat(reader.health().silence()).isGreaterThan(Duration.ofSeconds(10));
        refused(ErrorCode.TIMEOUT, () -> source.commit(source.position()));
        broker.start();
        retried(sink::flush);
        taken.from(source, 3);
        assertThat(taken.texts).containsExactly("a", "b", "c");
        assertThat(reader.health().silence()).isZero();
        retried(() -> source.commit(source.position()));
      }
      assertThat(Records.texts(broker.bootstrap(), "t")).containsExactly("a", "b", "c");
    }
  }

  /** Asks for 100 seconds of the ticker. */
  private static void silently(KafkaStreamSource source, AtomicLong ticks) {
    for (int second = 0; second < 100; second++) {
      source.poll(1, new Taken());
      ticks.addAndGet(1_000_000_000);
    }
  }

  /** As a host does it: what may succeed later is tried again. */
  private static void retried(Runnable call) {
    for (int tries = 1; ; tries++) {
      try {
        call.run();
        return;
      } catch (QilinException e) {
        if (!e.code().retryable() || tries == 20) {
          throw e;
        }
      }
    }
  }

  @Test
  void whenTheBrokerDoesNotLetUsIn_thenItSaysWhy() {
    String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    Map<String, String> guarded = Map.of(
        "listeners", "CLIENTS://127.0.0.1:@P@,CONTROLLER://127.0.0.1:@C@",
        "advertised.listeners", "CLIENTS://127.0.0.1:@P@",
        "inter.broker.listener.name", "CLIENTS",
        "sasl.mechanism.inter.broker.protocol", "PLAIN",
        "listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms", "PLAIN",
        "listener.name.clients.plain.sasl.jaas.config",
            plain + " username=\"admin\" password=\"a\" user_admin=\"a\" user_guest=\"g\";",
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users", "User:ANONYMOUS;User:admin");
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("guarded"), guarded)) {
      KafkaSettings admin = as(broker, "admin", "a");
      KafkaClients.ask(
          admin,
          "creating a topic",
          client -> client
              .createTopics(
                  List.of(new NewTopic("t", 1, (short) 1), new NewTopic("dead", 1, (short) 1)))
              .all());
      try (KafkaStreamSink<String> sink = sink(admin, "t").open()) {
        assertThat(sink.accept(message("a"))).isTrue();
      }
      refusedByAll(ErrorCode.AUTHORIZATION, as(broker, "guest", "g"));
      refusedByAll(ErrorCode.AUTHENTICATION, as(broker, "guest", "secret-1234"));
      assertThatThrownBy(
              () -> sink(as(broker, "guest", "secret-1234"), "t").open().close())
          .hasMessageNotContaining("secret-1234");
    }
  }

  private static KafkaSettings as(KafkaBroker broker, String user, String password) {
    return KafkaSettings.builder(broker.bootstrap())
        .property("security.protocol", "SASL_PLAINTEXT")
        .sasl("PLAIN", user, Secret.of(password))
        .deadline(Duration.ofSeconds(20))
        .build();
  }
}
