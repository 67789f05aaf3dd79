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
import java.net.InetSocketAddress;
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
    // Bound and not listening: it refuses connections, and nobody else can take the port.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      refusedByAll(ErrorCode.TIMEOUT, hasty("127.0.0.1:" + taken.getLocalPort()));
    }
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
  void whenTheBrokerDoesNotLetUsIn_thenItSaysWhy() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path trusted = folder.resolve("trusted.p12");
    SelfSigned.write(keys, trusted);
    try (KafkaBroker broker =
        KafkaBroker.start(folder.resolve("guarded"), guarded(keys, trusted))) {
      String address = broker.bootstrap();
      KafkaSettings admin = KafkaExample.secured(
          address, trusted, Secret.of(SelfSigned.PASSWORD), "admin", Secret.of("a"));
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
      try (KafkaReader reader =
          KafkaReader.builder(admin, "g", StartAt.EARLIEST).topic("t").open()) {
        assertThat(new Taken().from(reader.sources().get(0), 1).texts).containsExactly("a");
      }
      refusedByAll(ErrorCode.AUTHORIZATION, as(address, trusted, "guest", "g"));
      refusedByAll(ErrorCode.AUTHENTICATION, as(address, trusted, "guest", "secret-1234"));
      assertThatThrownBy(() ->
              sink(as(address, trusted, "guest", "secret-1234"), "t").open().close())
          .hasMessageNotContaining("secret-1234");
      Path others = folder.resolve("others.p12");
      SelfSigned.write(folder.resolve("unused.p12"), others);
      refusedByAll(ErrorCode.AUTHENTICATION, as(address, others, "admin", "a"));
      refusedByAll(
          ErrorCode.INVALID_CONFIGURATION, as(address, folder.resolve("missing"), "admin", "a"));
      refused(
          ErrorCode.TIMEOUT,
          () -> KafkaReader.builder(hasty(address), "g", StartAt.EARLIEST)
              .topic("t")
              .open()
              .close());
    }
  }

  private static KafkaSettings as(String address, Path trusted, String user, String password) {
    return KafkaExample.secured(
        address, trusted, Secret.of(SelfSigned.PASSWORD), user, Secret.of(password));
  }

  /** A broker that wants TLS and a password. */
  private static Map<String, String> guarded(Path keys, Path trusted) {
    String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    return Map.ofEntries(
        Map.entry("listeners", "CLIENTS://127.0.0.1:@P@,CONTROLLER://127.0.0.1:@C@"),
        Map.entry("advertised.listeners", "CLIENTS://127.0.0.1:@P@"),
        Map.entry("inter.broker.listener.name", "CLIENTS"),
        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
        Map.entry("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT"),
        Map.entry("sasl.enabled.mechanisms", "PLAIN"),
        Map.entry(
            "listener.name.clients.plain.sasl.jaas.config",
            plain + " username=\"admin\" password=\"a\" user_admin=\"a\" user_guest=\"g\";"),
        Map.entry("ssl.keystore.type", "PKCS12"),
        Map.entry("ssl.keystore.location", keys.toString()),
        Map.entry("ssl.keystore.password", SelfSigned.PASSWORD),
        Map.entry("ssl.key.password", SelfSigned.PASSWORD),
        Map.entry("ssl.truststore.type", "PKCS12"),
        Map.entry("ssl.truststore.location", trusted.toString()),
        Map.entry("ssl.truststore.password", SelfSigned.PASSWORD),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("super.users", "User:ANONYMOUS;User:admin"));
  }
}
