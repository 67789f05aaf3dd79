package io.qilin.restsource;

import static io.qilin.restsource.Services.failure;
import static io.qilin.restsource.Services.plain;
import static io.qilin.restsource.Services.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.secret.Secret;
import io.qilin.api.source.BarQuery;
import io.qilin.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service can do wrong: each time a typed error, and then the service is well again. */
@Timeout(60)
class RestFaultTest {
  private static final String GOOD = "[" + row("600519.SH", "20240104", 1700.5) + "]";

  private final RestDouble service = new RestDouble(asked -> RestDouble.Answer.of(GOOD));

  @AfterEach
  void stop() {
    service.close();
  }

  private void assertWell(RestSource source) {
    service.answers(asked -> RestDouble.Answer.of(GOOD));
    assertThat(source.bars(BarQuery.ALL).panel().value(Field.CLOSE, 0, 0)).isEqualTo(1700.5);
  }

  @Test
  void whenNobodyListens_thenItIsAFetchErrorAndThenItComesBack() throws IOException {
    // Bound and not listening: it refuses connections, and nobody else can take the port.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      RestSpec spec = Services.spec(service, Services.fetch().build())
          .base(URI.create("http://127.0.0.1:" + taken.getLocalPort()))
          .build();
      FakeTime time = new FakeTime();
      try (RestSource source = Services.open(spec, time)) {
        QilinException thrown = failure(source);
        assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_FETCH);
        assertThat(thrown).hasMessageContaining("cannot be reached");
        assertThat(time.waits()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTHENTICATION, 1",
    "403, AUTHORIZATION, 1",
    "404, DATA_FETCH, 1",
    "302, DATA_FETCH, 1",
    "429, RATE_LIMITED, 3",
    "500, DATA_FETCH, 3",
    "503, DATA_FETCH, 3"
  })
  void whenTheStatusIsBad_thenItIsTypedAndTriedAsOftenAsItCanHelp(
      int status, ErrorCode code, int requests) {
    service.answers(asked -> RestDouble.Answer.of(status, "<html>no</html>")
        .header("Location", "http://127.0.0.1:1/elsewhere"));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      assertThat(failure(source).code()).isEqualTo(code);
      assertThat(service.asked()).hasSize(requests);
      assertWell(source);
    }
  }

  @Test
  void whenTheServiceAsksToWait_thenItIsWaitedSoLong() {
    AtomicInteger calls = new AtomicInteger();
    service.answers(asked -> calls.incrementAndGet() < 3
        ? RestDouble.Answer.of(429, "").header("Retry-After", "7")
        : RestDouble.Answer.of(GOOD));
    FakeTime time = new FakeTime();
    try (RestSource source =
        Services.open(Services.spec(service, Services.fetch().build()).build(), time)) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(1);
      assertThat(time.waits()).containsExactly(7000L, 7000L);
    }
  }

  @Test
  void whenTheWaitIsADate_thenItIsWaitedUntilThen() {
    AtomicInteger calls = new AtomicInteger();
    service.answers(asked -> calls.incrementAndGet() < 2
        ? RestDouble.Answer.of(503, "").header("Retry-After", "Thu, 1 Feb 2024 00:00:30 GMT")
        : RestDouble.Answer.of(GOOD));
    FakeTime time = new FakeTime();
    try (RestSource source =
        Services.open(Services.spec(service, Services.fetch().build()).build(), time)) {
      source.bars(BarQuery.ALL);
      assertThat(time.waits()).containsExactly(30_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void whenTheWaitIsBeyondTheDeadline_thenTheErrorComesAtOnce(String wait) {
    service.answers(asked -> RestDouble.Answer.of(429, "").header("Retry-After", wait));
    FakeTime time = new FakeTime();
    try (RestSource source =
        Services.open(Services.spec(service, Services.fetch().build()).build(), time)) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(time.waits()).isEmpty();
      assertThat(service.asked()).hasSize(1);
    }
  }

  @Test
  void whenNoRowHasAColumn_thenThatIsTold() {
    service.answers(asked ->
        RestDouble.Answer.of("[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"Close\":1}]"));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      assertThat(source.bars(BarQuery.ALL).findings()).singleElement().satisfies(finding -> {
        assertThat(finding.rule()).isEqualTo("column-missing");
        assertThat(finding.message()).contains("'close'", "Close");
      });
    }
  }

  @Test
  void whenTheNamesOfColumnsLackOne_thenItIsAFormatError() {
    service.answers(asked -> RestDouble.Answer.of(
        "{\"names\":[\"code\",\"day\",\"Close\"],\"rows\":[[\"600519.SH\",\"20240104\",1]]}"));
    AnswerFormat named =
        new AnswerFormat(false, StandardCharsets.UTF_8, "/rows", Optional.of("/names"), ',');
    try (RestSource source = plain(service, spec -> spec.format(named))) {
      QilinException thrown = failure(source);
      assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_FORMAT);
      assertThat(thrown).hasMessageContaining("no column close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html><body>Bad gateway</body></html>",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"clo",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":NaN}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":1},]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":1,\"close\":2}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":1}] []",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":[1]}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":\"much\"}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":true}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20240104\",\"close\":1e999}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20241304\",\"close\":1}]",
        "[{\"code\":\"600519.SH\",\"day\":\"20230229\",\"close\":1}]",
        "[{\"code\":\"600519.XX\",\"day\":\"20240104\",\"close\":1}]",
        "[{\"code\":600519,\"day\":\"20240104\",\"close\":1}]",
        "[{\"day\":\"20240104\",\"close\":1}]",
        "[{\"code\":\"600519.SH\",\"close\":1}]",
        "[1]",
        "{}",
        "null",
        "7"
      })
  void whenTheAnswerIsGarbage_thenItIsAFormatErrorAndNothingIsReadOfIt(String garbage) {
    service.answers(asked -> RestDouble.Answer.of(garbage));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      QilinException thrown = failure(source);
      assertThat(thrown.code()).as(thrown.getMessage()).isEqualTo(ErrorCode.DATA_FORMAT);
      assertThat(thrown).hasMessageContaining("plain, bars");
      assertThat(service.asked()).hasSize(1);
      assertWell(source);
    }
  }

  @Test
  void whenTheAnswerIsNested_thenTheDepthIsLimited() {
    service.answers(asked -> RestDouble.Answer.of("[".repeat(100_000)));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
      assertWell(source);
    }
  }

  @Test
  void whenTheAnswerIsHuge_thenItIsCutOff() {
    service.answers(asked -> RestDouble.Answer.of("[" + " ".repeat(1 << 20) + "]"));
    try (RestSource source =
        plain(service, spec -> spec.limits(RestLimits.DEFAULT.withBytes(1 << 16)))) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
      assertWell(source);
    }
  }

  @Test
  void whenTheAnswerUnpacksToTooMuch_thenItIsCutOff() throws IOException {
    byte[] bomb = gzip(new byte[1 << 22]);
    service.answers(asked -> RestDouble.Answer.bytes(bomb).header("Content-Encoding", "gzip"));
    try (RestSource source =
        plain(service, spec -> spec.limits(RestLimits.DEFAULT.withBytes(1 << 16)))) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
      assertWell(source);
    }
  }

  @Test
  void whenTheAnswerIsPacked_thenItIsUnpacked() throws IOException {
    byte[] packed = gzip(GOOD.getBytes(StandardCharsets.UTF_8));
    service.answers(asked -> RestDouble.Answer.bytes(packed).header("Content-Encoding", "gzip"));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(1);
    }
  }

  @Test
  void whenTheTextIsOfAnotherCharset_thenItIsAFormatError() {
    service.answers(
        asked -> RestDouble.Answer.bytes("[{\"名\":1}]".getBytes(Charset.forName("GBK"))));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.DATA_FORMAT);
      assertWell(source);
    }
  }

  @Test
  void whenRowsAreTooMany_thenTheyAreRefused() {
    String many = "[" + (row("600519.SH", "20240104", 1) + ",").repeat(20)
        + row("600519.SH", "20240104", 1) + "]";
    service.answers(asked -> RestDouble.Answer.of(many));
    try (RestSource source = plain(service, spec -> spec.limits(RestLimits.DEFAULT.withRows(20)))) {
      assertThat(failure(source).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }
  }

  @Test
  void whenTheConnectionBreaksInTheMiddle_thenItIsTriedAgain() throws Exception {
    try (Wire wire = new Wire(socket -> {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{\"code\""
          .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoLinger(true, 0);
    })) {
      RestSpec spec =
          Services.spec(service, Services.fetch().build()).base(wire.address()).build();
      try (RestSource source = Services.open(spec, new FakeTime())) {
        QilinException thrown = failure(source);
        assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_FETCH);
        assertThat(wire.calls()).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void whenTheAnswerDrips_thenTheTimeOfARequestEndsIt() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Wire wire = new Wire(socket -> {
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      while (!end.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    })) {
      RestSpec spec = Services.spec(service, Services.fetch().build())
          .base(wire.address())
          .retry(new RestRetry(1, Duration.ZERO, Duration.ZERO))
          .limits(RestLimits.DEFAULT.withTimes(Duration.ofMillis(200), Duration.ofSeconds(30)))
          .build();
      try (RestSource source = Services.open(spec, new FakeTime())) {
        assertThat(failure(source).code()).isEqualTo(ErrorCode.TIMEOUT);
      }
      end.countDown();
    }
  }

  @Test
  void whenTheThreadIsInterrupted_thenItIsCancelledAndTheFlagIsKept() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    service.answers(request -> {
      asked.countDown();
      await(end);
      return RestDouble.Answer.of(GOOD);
    });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      Thread caller = new Thread(() -> {
        Throwable failed = Services.thrown(source);
        thrown.set(Thread.currentThread().isInterrupted() ? failed : null);
      });
      caller.start();
      asked.await();
      caller.interrupt();
      caller.join();
      end.countDown();
      assertThat(thrown.get())
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
  }

  @Test
  void whenTheSourceIsClosedWhileItWaits_thenTheWaitEnds() throws Exception {
    service.answers(asked -> RestDouble.Answer.of(429, "").header("Retry-After", "50"));
    RestSource source = RestSource.builder(
            Services.spec(service, Services.fetch().build()).build(),
            Services.NOW,
            System::nanoTime)
        .secret(Secret.of(Services.SECRET))
        .open();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller = new Thread(() -> thrown.set(Services.thrown(source)));
    caller.start();
    Await.until("the service was asked", () -> !service.asked().isEmpty());
    source.close();
    caller.join();
    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(failure(source).code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void whenTheServiceRepeatsTheSecret_thenNoMessageDoes() {
    service.answers(asked -> RestDouble.Answer.of(
        "{\"code\":7,\"msg\":\"bad token " + Services.SECRET + " in " + asked.query() + "\"}"));
    try (RestSource source = plain(
        service,
        spec -> spec.failure(
            new FailureFormat("/code", Optional.of("0"), "/msg", java.util.List.of())))) {
      for (Throwable e = failure(source); e != null; e = e.getCause()) {
        assertThat(String.valueOf(e.getMessage()))
            .doesNotContain(Services.SECRET)
            .doesNotContain("s3cr3t");
      }
      assertThat(source.toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void whenAPageOfErrorsRepeatsTheSecret_thenNoMessageDoes() {
    service.answers(asked -> RestDouble.Answer.of("<html>" + asked.query() + Services.SECRET));
    try (RestSource source = plain(service, UnaryOperator.identity())) {
      for (Throwable e = failure(source); e != null; e = e.getCause()) {
        assertThat(String.valueOf(e.getMessage())).doesNotContain("s3cr3t");
      }
    }
  }

  @Test
  void whenASecretCannotStandInAHeader_thenTheErrorDoesNotShowIt() {
    RestSpec spec = Services.spec(service, Services.fetch().build())
        .header("Authorization", "Bearer ${secret}")
        .build();
    try (RestSource source = RestSource.builder(spec, Services.NOW, System::nanoTime)
        .secret(Secret.of("top\r\nX-Evil: 1"))
        .open()) {
      QilinException thrown = failure(source);
      assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
      assertThat(thrown).hasMessageNotContaining("top").hasNoCause();
      assertThat(service.asked()).isEmpty();
    }
  }

  @Test
  void whenHttpGoesToAnotherHost_thenItMustBeAllowed() {
    RestSpec.Builder spec =
        Services.spec(service, Services.fetch().build()).base(URI.create("http://api.example.com"));
    RestSource.Builder closed =
        RestSource.builder(spec.build(), Services.NOW, System::nanoTime).secret(Secret.of("x"));
    assertThatThrownBy(closed::open)
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("https://");
    RestSource.builder(spec.plainHttp(true).build(), Services.NOW, System::nanoTime)
        .secret(Secret.of("x"))
        .open()
        .close();
  }

  @Test
  void whenASecretIsNeeded_thenItMustBeGiven() {
    RestSource.Builder without = RestSource.builder(
        Services.spec(service, Services.fetch().build()).build(), Services.NOW, System::nanoTime);
    assertThatThrownBy(without::open).hasMessageContaining("secret");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A service below HTTP: what it does with each connection is the test's. */
  private static final class Wire implements AutoCloseable {
    private interface Talk {
      void to(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final AtomicInteger calls = new AtomicInteger();

    Wire(Talk talk) throws IOException {
      new Thread(() -> {
            while (!server.isClosed()) {
              try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                socket.getInputStream().read();
                calls.incrementAndGet();
                talk.to(socket);
              } catch (IOException | InterruptedException e) {
                // The client went away, or the test is over.
              }
            }
          })
          .start();
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int calls() {
      return calls.get();
    }

    @Override
    public void close() throws IOException {
      // Its thread ends when nothing more can be accepted.
      server.close();
    }
  }
}
