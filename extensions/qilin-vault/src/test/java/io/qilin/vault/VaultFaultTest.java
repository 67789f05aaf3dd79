package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is down, dies, is sealed, answers nonsense or is slow; and is well again. */
@Timeout(120)
class VaultFaultTest extends VaultFixture {
  private static final String READ = "GET secret/data/app";
  private VaultKv kv;

  @BeforeEach
  void open() {
    vault.kv.put("app", Map.of("value", "s3cr3t"));
    kv = VaultKv.at(root(), "secret");
  }

  private Optional<Secret> read() {
    return kv.read("app").flatMap(secret -> secret.field("value"));
  }

  @Test
  void whenItIsDownAtTheStart_thenItIsUnavailableAndWorksOnceItIsThere() throws IOException {
    vault.stop();
    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);

    vault.start();
    assertThat(read()).isPresent();
  }

  @Test
  void whenItDiesInTheMiddle_thenTheNextCallsFailAndLaterOnesWork() throws IOException {
    assertThat(read()).isPresent();
    vault.stop();
    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);

    vault.start();
    assertThat(read()).isPresent();
  }

  @Test
  void whenItIsSealed_thenItIsAskedOnceAndNotAgain() {
    read();
    vault.sealed = true;
    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(vault.count(READ)).isEqualTo(2);

    vault.sealed = false;
    assertThat(read()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, 1",
    "403, AUTHORIZATION, 1",
    "404, INVALID_CONFIGURATION, 1",
    "405, INVALID_CONFIGURATION, 1",
    "412, SECRET_UNAVAILABLE, 3",
    "413, LIMIT_EXCEEDED, 1",
    "429, RATE_LIMITED, 3",
    "472, SECRET_UNAVAILABLE, 3",
    "473, SECRET_UNAVAILABLE, 3",
    "500, SECRET_UNAVAILABLE, 3",
    "502, SECRET_UNAVAILABLE, 3",
    "503, SECRET_UNAVAILABLE, 3",
    "307, INVALID_CONFIGURATION, 1",
    "204, SECRET_UNAVAILABLE, 1",
    "418, SECRET_UNAVAILABLE, 1"
  })
  void whenAStatusIsNotGood_thenItHasACodeAndIsRepeatedOnlyWhereThatCanHelp(
      int status, ErrorCode expected, int times) {
    vault.failAlways(
        READ,
        status == 204 ? FakeVault.none() : FakeVault.error(status, "canary hvs.ROOTcanary0Qz"));

    assertThat(code(this::read)).isEqualTo(expected);
    assertThat(vault.count(READ)).isEqualTo(times);
    vault.fault = request -> Optional.empty();
    assertThat(read()).isPresent();
  }

  @Test
  void whenAFailurePasses_thenTheCallSucceedsWithinItsAttempts() {
    vault.failFirst(READ, FakeVault.error(500, "x"), FakeVault.truncated());

    assertThat(read()).isPresent();
    assertThat(vault.count(READ)).isEqualTo(3);
  }

  @Test
  void whenAWriteIsTurnedAway_thenItIsSentAgainForItWasNotDone() {
    vault.failFirst("POST secret/data/app", FakeVault.error(429, "x"), FakeVault.error(412, "x"));

    assertThat(kv.write("app", Map.of("value", Secret.of("s3cr3t-2")), 1)).isEqualTo(2);
    vault.failFirst("POST secret/data/app", FakeVault.error(500, "x"));
    assertThat(code(() -> kv.write("app", Map.of("value", Secret.of("s3cr3t-3")), 2)))
        .isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenItAsksForAWaitLongerThanFiveSeconds_thenTheCallerDecides() {
    vault.failAlways(READ, FakeVault.raw(429, Map.of("Retry-After", "3600"), "{}"));

    assertThat(code(this::read)).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(vault.count(READ)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>canary</html>",
        "",
        "[]",
        "\"canary\"",
        "{\"data\":",
        "{\"data\":{}}",
        "{\"data\":{\"data\":{\"value\":\"canary\"}}}",
        "{\"data\":{\"data\":{\"value\":\"canary\"},\"metadata\":{\"version\":\"1\"}}}",
        "{\"data\":{\"data\":{\"value\":\"canary\"},\"metadata\":{\"version\":0,\"created_time\":\"2026-03-02T01:00:00Z\"}}}",
        "{\"data\":{\"data\":{\"value\":\"canary\"},\"metadata\":{\"version\":1,\"created_time\":\"soon\"}}}",
        "{\"data\":1,\"data\":2}",
        "{} {}"
      })
  void whenTheAnswerIsNonsense_thenThereIsNoSecret(String body) {
    vault.failAlways(READ, FakeVault.raw(200, "text/html", body));

    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(vault.count(READ)).isEqualTo(1);
  }

  @Test
  void whenTheAnswerIsDeep_thenItIsRefused() {
    vault.failAlways(
        READ, FakeVault.raw(200, "application/json", "{\"data\":" + "[".repeat(100_000)));

    assertThat(code(this::read)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenTheAnswerNeverEnds_thenItIsHungUpOn() {
    vault.failAlways(READ, FakeVault.endless());

    assertThat(code(this::read)).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    vault.fault = request -> Optional.empty();
    assertThat(read()).isPresent();
  }

  @Test
  void whenItIsSilentOrDripsItsBody_thenTheTimeEndsTheCallAndItIsNotRepeated() {
    VaultKv brief = VaultKv.at(
        open(builder(VaultLogin.token(() -> Secret.of(FakeVault.ROOT)))
            .timeout(Duration.ofSeconds(4))),
        "secret");
    assertThat(brief.read("app")).isPresent();
    vault.failAlways(READ, vault.silence());
    assertThat(code(() -> brief.read("app"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    vault.failAlways(READ, exchange -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      vault.closed.await();
    });
    assertThat(code(() -> brief.read("app"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(vault.count(READ)).isEqualTo(3);

    vault.fault = request -> Optional.empty();
    assertThat(read()).isPresent();
  }

  @Test
  void whenItSpeaksNoHttpOrNoTls_thenItIsUnavailable() throws IOException {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> babble(socket));
      for (String scheme : List.of("http", "https")) {
        URI address = URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
        VaultClient client = open(VaultClient.builder(
                address, VaultLogin.token(() -> Secret.of(FakeVault.ROOT)), HTTP, vault.clock)
            .pause(Duration.ZERO)
            .timeout(Duration.ofSeconds(30)));
        assertThat(code(client::keepAlive)).as(scheme).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void babble(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        OutputStream out = connection.getOutputStream();
        out.write("\u0000\u0001 this is no protocol\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        connection.getInputStream().read();
      } catch (IOException e) {
        // Nobody is left to babble to.
        continue;
      }
    }
  }

  @Test
  void whenTheExecutorOfTheHttpClientTakesNoMore_thenItSaysSo() {
    ExecutorService gone = Executors.newSingleThreadExecutor();
    gone.shutdown();
    HttpClient http = HttpClient.newBuilder().executor(gone).build();
    VaultClient client =
        open(VaultClient.builder(vault.address(), role(), http, vault.clock).pause(Duration.ZERO));

    assertThat(code(client::keepAlive))
        .isIn(ErrorCode.RESOURCE_EXHAUSTED, ErrorCode.SECRET_UNAVAILABLE);
  }
}
