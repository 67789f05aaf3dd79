package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.util.Duration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.ops.logging.LogScope;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultDisk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MarkerFactory;

@Timeout(60)
class SampledAppenderTest {
  private final LogHost host = new LogHost();
  private final GateSink sink = new GateSink();
  private final AtomicLong nanos = new AtomicLong();
  private final SampledAppender appender = new SampledAppender();
  private final LogAccount account = appender.account();

  private void start() {
    appender.setName("test");
    appender.setTicker(nanos::get);
    appender.setDrainTime(Duration.buildByMilliseconds(30_000));
    appender.addAppender(sink);
    host.attach(appender);
  }

  @AfterEach
  void stop() {
    sink.release();
    appender.stop();
    for (LogLevel level : LogLevel.values()) {
      assertThat(account.waiting(level)).as("unsettled " + level).isZero();
    }
    assertThat(appender.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    host.context.stop();
  }

  @Test
  void whenLinesCome_thenTheyAreWrittenInOrderWithTheFieldsOfTheirMoment() {
    start();
    try (LogScope scope = LogScope.of("stock", "600519.SH")) {
      host.logger.info("one {}", scope != null);
    }
    host.logger.warn("two");
    host.logger.debug("three");
    sink.awaitMessages(3);
    assertThat(sink.messages()).containsExactly("one true", "two", "three");
    assertThat(sink.got().get(0).getMDCPropertyMap()).isEqualTo(Map.of("stock", "600519.SH"));
    assertThat(sink.got().get(1).getMDCPropertyMap()).isEmpty();
    assertThat(sink.got().get(0).getThreadName())
        .isEqualTo(Thread.currentThread().getName());
    assertThat(appender.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenThereAreMoreThanTheRate_thenTheRestIsSampledOutByLoggerAndLevel() {
    appender.setLinesPerSecond(10);
    appender.setBurst(3);
    start();
    for (int i = 0; i < 5; i++) {
      host.logger.info("info");
      host.logger.debug("debug");
      host.logger.warn("warn");
      host.logger.info(MarkerFactory.getMarker("AUDIT"), "audit");
      host.context.getLogger("other").info("other");
    }
    sink.awaitMessages(19);
    assertThat(account.count(LogLevel.INFO, LogOutcome.SAMPLED)).isEqualTo(4);
    assertThat(account.count(LogLevel.DEBUG, LogOutcome.SAMPLED)).isEqualTo(2);
    assertThat(account.count(LogLevel.WARN, LogOutcome.SAMPLED)).isZero();
    nanos.addAndGet(100_000_000L);
    host.logger.info("one more");
    host.logger.info("one too many");
    sink.awaitMessages(20);
    assertThat(account.count(LogLevel.INFO, LogOutcome.SAMPLED)).isEqualTo(5);
    assertThat(appender.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(appender.health().facts()).containsEntry("sampled", "7");
  }

  @Test
  void whenTheSinkStandsStill_thenCallersGoOnAndOnlyOrdinaryLinesAreDropped() throws Exception {
    appender.setOrdinaryEvents(16);
    start();
    sink.hold();
    host.logger.info("the one that stands");
    sink.awaitStanding();
    for (int i = 0; i < 300; i++) {
      host.logger.info("ordinary {}", i);
      host.logger.error("important {}", i);
    }
    assertThat(account.count(LogLevel.INFO, LogOutcome.DROPPED)).isGreaterThan(0);
    assertThat(account.count(LogOutcome.DROPPED))
        .isEqualTo(account.count(LogLevel.INFO, LogOutcome.DROPPED));
    assertThat(appender.health().status()).isEqualTo(HealthStatus.DEGRADED);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
    assertThat(appender.health().reason()).contains("stands still");
    sink.release();
    appender.stop();
    assertThat(sink.messages().stream().filter(line -> line.startsWith("important")))
        .hasSize(300);
    assertThat(account.count(LogLevel.INFO, LogOutcome.WRITTEN)
            + account.count(LogLevel.INFO, LogOutcome.DROPPED))
        .isEqualTo(account.offered(LogLevel.INFO))
        .isEqualTo(301);
    assertThat(sink.messages())
        .anyMatch(line -> line.startsWith("lines of this log that were not written"));
  }

  @Test
  void whenLinesWereLost_thenALineSaysSoAtMostEachTenSeconds() {
    appender.setLinesPerSecond(1);
    appender.setBurst(1);
    start();
    host.logger.info("a");
    host.logger.info("b");
    sink.awaitMessages(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(9));
    host.logger.error("too soon");
    sink.awaitMessages(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    host.logger.error("in time");
    sink.awaitMessages(4);
    assertThat(sink.messages())
        .containsExactlyInAnyOrder(
            "a",
            "too soon",
            "in time",
            "lines of this log that were not written in the last 10 s: INFO: 1 sampled out, 0 dropped");
    assertThat(account.offered()).isEqualTo(4);
  }

  @Test
  void whenEvenTheRoomOfImportantLinesIsFull_thenCallersWaitOnceAndTheLossIsCounted()
      throws Exception {
    appender.setImportantEvents(16);
    start();
    sink.hold();
    host.logger.error("the one that stands");
    sink.awaitStanding();
    for (int i = 0; i < 40; i++) {
      host.logger.error("important {}", i);
    }
    assertThat(account.count(LogLevel.ERROR, LogOutcome.DROPPED)).isEqualTo(24);
    assertThat(appender.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(appender.health().reason()).contains("lost lines of ERROR");
    sink.release();
    sink.awaitMessages(17);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
    host.logger.info("later");
    sink.awaitMessages(19);
    // A step that began before the clock was moved is thought to stand still until it ends.
    awaitStatus(HealthStatus.HEALTHY);
  }

  @Test
  void whenMemoryIsShort_thenImportantLinesAreKeptShortWithTheirTrueLength() throws Exception {
    start();
    sink.hold();
    host.logger.error("the one that stands");
    sink.awaitStanding();
    String large = "x".repeat(16_000);
    int count = (int) (EventQueue.IMPORTANT_BYTES / 32_000) + 200;
    try (LogScope scope = LogScope.of("strategy", "S1")) {
      for (int i = 0; i < count; i++) {
        host.logger.error("{} {}", i, large, scope == null ? null : new java.io.IOException(large));
      }
    }
    assertThat(account.count(LogOutcome.DROPPED)).isZero();
    sink.release();
    sink.awaitMessages(count + 1);
    Map<String, Object> last = LogHost.json(new LineEncoder().encode(sink.got().get(count)));
    assertThat((String) last.get("message")).hasSize(1_024);
    assertThat(last).containsEntry("strategy", "S1");
    assertThat(last.get("cut").toString()).contains("message=16004", "error=16000");
  }

  @Test
  void whenTheSinkFails_thenImportantLinesStayAndAreWrittenWhenItIsWellAgain() {
    FaultDisk disk = FaultDisk.empty();
    CappedFileAppender file = new CappedFileAppender();
    file.setContext(host.context);
    file.useFolder(disk.path("/log"));
    file.start();
    appender.addAppender(file);
    start();
    host.logger.error("0");
    sink.awaitMessages(1);
    disk.capacity(0);
    for (int i = 1; i <= 50; i++) {
      host.logger.info("ordinary {}", i);
      host.logger.error("important {}", i);
    }
    awaitStatus(HealthStatus.DEGRADED);
    disk.heal();
    appender.stop();
    assertThat(account.count(LogLevel.ERROR, LogOutcome.WRITTEN)).isEqualTo(51);
    assertThat(file.lost()).isPositive();
    assertThat(sink.messages().stream().filter(line -> line.startsWith("important")))
        .as("the other sink got each once")
        .hasSize(50);
  }

  private void awaitStatus(HealthStatus status) {
    Await.until("the log is " + status, () -> appender.health().status() == status);
  }

  @Test
  void whenStoppedWhileTheSinkStandsStill_thenTheRestIsCountedAsDropped() throws Exception {
    start();
    appender.setDrainTime(Duration.buildByMilliseconds(1));
    sink.hold();
    host.logger.error("the one that stands");
    sink.awaitStanding();
    host.logger.error("a");
    host.logger.info("b");
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stopper = new Thread(() -> {
      appender.stop();
      stopped.countDown();
    });
    stopper.start();
    Await.until("it is being stopped", () -> !appender.isStarted());
    sink.release();
    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    long settled = account.count(LogOutcome.WRITTEN) + account.count(LogOutcome.DROPPED);
    assertThat(settled).isEqualTo(3).isEqualTo(account.offered());
    host.logger.error("after the end");
    assertThat(account.offered()).isEqualTo(3);
  }

  @Test
  void whenTheMaskerOrAValueFails_thenTheLineIsCountedAndTheNextComes() {
    appender.setMasker(text -> {
      throw new io.qilin.api.error.QilinException(io.qilin.api.error.ErrorCode.UNKNOWN, text);
    });
    start();
    host.logger
        .atInfo()
        .addKeyValue("bad", new Object() {
          @Override
          public String toString() {
            throw new java.util.NoSuchElementException("none");
          }
        })
        .log("secret");
    host.logger.info("next");
    sink.awaitMessages(2);
    assertThat(sink.messages()).containsExactly(EventMasker.WITHHELD, EventMasker.WITHHELD);
  }

  @Test
  void whenBoundToARegistry_thenTheAccountIsThere() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    account.bindTo(meters);
    start();
    host.logger.warn("one");
    sink.awaitMessages(1);
    appender.stop();
    assertThat(meters
            .get("qilin.log.events")
            .tag("level", "warn")
            .tag("outcome", "written")
            .functionCounter()
            .count())
        .isEqualTo(1);
    assertThat(meters.find("qilin.log.events").functionCounters()).hasSize(15);
  }

  @Test
  void whenASettingCannotBe_thenItDoesNotStartAndTheStatusSaysWhy() {
    SampledAppender empty = host.attach(new SampledAppender());
    assertThat(empty.isStarted()).isFalse();
    SampledAppender wrong = new SampledAppender();
    wrong.addAppender(sink);
    wrong.setLinesPerSecond(0);
    host.attach(wrong);
    wrong.setLinesPerSecond(1);
    wrong.setOrdinaryEvents(1);
    wrong.start();
    assertThat(wrong.isStarted()).isFalse();
    CappedFileAppender nowhere = host.attach(new CappedFileAppender());
    nowhere.setFolder("\0");
    assertThat(nowhere.isStarted()).isFalse();
    assertThat(nowhere.failure()).isEqualTo("it was not started");
    assertThat(host.context.getStatusManager().getCopyOfStatusList().toString())
        .contains("no appender in it", "linesPerSecond", "importantEvents", "has no folder");
    assertThat(List.of(empty.health().status(), wrong.health().status()))
        .containsOnly(HealthStatus.UNHEALTHY);
  }
}
