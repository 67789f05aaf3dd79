package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KilledChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the broker (SIGKILL) while numbered ticks are written and windows are made of them; {@code -Dqilin.fault.n=50} for as
 * many kills as one likes.
 */
@Tag("fault")
class BrokerKillTest {
  private static final long WRITE_EVERY_NANOS = 1_000_000;
  private static final int CHECKPOINT_EVERY = 200;

  @TempDir
  Path folder;

  @Test
  void whenTheBrokerIsKilled_thenNoWindowIsLostOrThereTwice() throws Exception {
    FaultRun run = FaultRun.of("kafka-broker-kill", 1);
    Path home = folder.resolve("broker");
    // A dead broker is let in again when its session has ended, 9 s unless set.
    KafkaBroker broker = KafkaBroker.start(
        home, Map.of("broker.session.timeout.ms", "1500", "broker.heartbeat.interval.ms", "300"));
    broker.createTopic("ticks", 1);
    broker.createTopic("windows", 1);
    broker.stop();
    KafkaSettings settings = KafkaSettings.builder(broker.bootstrap())
        .deadline(Duration.ofSeconds(4))
        .build();
    TickWindows stream =
        new TickWindows(settings, "ticks", "windows", folder.resolve("checkpoint"));
    AtomicInteger written = new AtomicInteger();
    int failures = 0;
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      Future<?> killer = others.submit(() -> kill(run, home));
      Future<?> feeder = others.submit(() -> {
        feed(broker.bootstrap(), written, killer);
        return null;
      });
      while (!killer.isDone()) {
        failures += follow(stream, killer);
      }
      killer.get();
      broker.start();
      feeder.get(2, TimeUnit.MINUTES);
      finish(stream);
      TickWindows.Count count = stream.count();
      System.out.println(run.report(
          count.lost() + count.twice() + count.altered(),
          Map.of(
              "written", written.get(),
              "windows", count.expected(),
              "lost", count.lost(),
              "twice", count.twice(),
              "altered", count.altered(),
              "rebuilt", failures)));
      assertThat(count.clean()).as("%s", count).isTrue();
      assertThat(count.records()).isEqualTo(2L * written.get());
      assertThat(written.get()).isGreaterThan(CHECKPOINT_EVERY);
    } finally {
      others.shutdownNow();
      others.awaitTermination(1, TimeUnit.MINUTES);
      broker.stop();
    }
  }

  /** Lets brokers live and die, one after the other. */
  private void kill(FaultRun run, Path home) {
    Random random = run.random();
    for (int kill = 0; kill < run.n(); kill++) {
      KilledChild.of(KafkaBrokerChild.class, folder, home.toString())
          .killed(1500 + random.nextInt(1500));
    }
  }

  /** A broker that was killed may still be at its transactions for longer than the deadline: opening the sink may be tried again. */
  private static void finish(TickWindows stream) {
    for (int tries = 1; ; tries++) {
      try {
        stream.finish(stream.sink());
        return;
      } catch (QilinException e) {
        if (e.code() != ErrorCode.TIMEOUT || tries == 10) {
          throw e;
        }
      }
    }
  }

  /** Writes one tick after the other, each until it is there; the last when the last broker is dead and enough were written. */
  private static void feed(String bootstrap, AtomicInteger written, Future<?> killer)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer = Records.producer(bootstrap)) {
      while (!killer.isDone() || written.get() <= CHECKPOINT_EVERY) {
        sent.add(producer.send(TickFeed.record("ticks", written.getAndIncrement())));
        LockSupport.parkNanos(WRITE_EVERY_NANOS);
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** Runs the pipeline until it fails, as a host would; how often it failed. */
  private static int follow(TickWindows stream, Future<?> until) throws Exception {
    try (KafkaStreamSink<ClosedWindow> sink = stream.sink().open()) {
      try (var pipeline = stream.pipeline(UnaryOperator.identity(), sink, CHECKPOINT_EVERY)) {
        while (!until.isDone()) {
          if (pipeline.step() == 0) {
            LockSupport.parkNanos(1_000_000);
          }
        }
        return 0;
      }
    } catch (QilinException e) {
      assertThat(e.code().retryable()).as("%s", e).isTrue();
      return 1;
    }
  }
}
