package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Loaded;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that throw, block, are slow, or whose executor is full. */
@Timeout(60)
class ListenersTest {
  @TempDir
  private Path folder;

  private final Heard<Pair> heard = new Heard<>();
  private final List<LiveConfig<?>> open = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("app.yaml"), Pair.yaml(1));
  }

  @AfterEach
  void close() {
    open.forEach(LiveConfig::close);
  }

  /** Nothing happens but by {@code reloadNow}. */
  private LiveConfig.Builder<Pair> builder() {
    Loaded<Pair> start = Pairs.loader(file).load();
    return LiveConfig.builder(
            () -> {
              Loaded<Pair> read = Pairs.loader(file).load();
              return new Loaded<>(read.value(), read.tree(), start.files());
            },
            SettableClock.at("2026-01-05T09:30:00+08:00"),
            System::nanoTime)
        .debounce(Duration.ofMinutes(1))
        .pollInterval(Duration.ofHours(1));
  }

  private LiveConfig<Pair> start(LiveConfig.Builder<Pair> builder) {
    LiveConfig<Pair> live = builder.start();
    open.add(live);
    return live;
  }

  private void becomes(LiveConfig<Pair> live, int both) {
    write(Pair.yaml(both));
    live.reloadNow();
  }

  private void refuses(LiveConfig<Pair> live, String reason) {
    write("left: " + reason + "\n");
    try {
      live.reloadNow();
    } catch (io.qilin.api.error.QilinException expected) {
      assertThat(expected).hasMessageContaining(reason);
    }
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whenOneListenerThrowsAndOneBlocks_thenTheOthersAndTheReloadsGoOn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    LiveConfig<Pair> live = start(builder()
        .listener(event -> {
          throw new IllegalStateException("on purpose");
        })
        .listener(event -> {
          throw new NoClassDefFoundError("on purpose");
        })
        .listener(event -> {
          blocked.countDown();
          await(never);
        })
        .listener(heard));
    for (int i = 2; i < 12; i++) {
      becomes(live, i);
      assertThat(heard.changed().version()).isEqualTo(i);
    }
    assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
    Heard.until("every failure is counted", () -> "20".equals(fact(live, "listener-failures")));
    assertThat(fact(live, "listener-waiting")).isEqualTo("9");
  }

  private static String fact(LiveConfig<?> live, String name) {
    return String.valueOf(live.health().facts().get(name));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whenAListenerIsSlow_thenTheNewestAreAllThereInOrderAndOneStandsForTheRest()
      throws Exception {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LiveConfig<Pair> live =
        start(builder().executor(tasks::add).listenerQueue(4).listener(heard));
    for (int i = 2; i <= 11; i++) {
      becomes(live, i);
    }
    run(tasks);

    ConfigEvent.Changed<Pair> first = heard.changed();
    assertThat(first.version()).isEqualTo(8);
    assertThat(first.skipped()).isEqualTo(6);
    assertThat(first.before().value()).isEqualTo(new Pair(1, 1));
    assertThat(first.after().value()).isEqualTo(new Pair(8, 8));
    assertThat(first.changes()).extracting("before").containsOnly(java.util.Optional.of("1"));
    assertThat(first.changes()).extracting("after").containsOnly(java.util.Optional.of("8"));
    for (int version = 9; version <= 11; version++) {
      ConfigEvent.Changed<Pair> next = heard.changed();
      assertThat(next.version()).isEqualTo(version);
      assertThat(next.before().version()).isEqualTo(version - 1);
      assertThat(next.skipped()).isZero();
    }
    assertThat(heard.waiting()).isZero();
    assertThat(fact(live, "listener-skipped")).isEqualTo("6");
  }

  @Test
  void whenRefusalsAreSkippedToo_thenTheChangeIsKept() throws Exception {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LiveConfig<Pair> live =
        start(builder().executor(tasks::add).listenerQueue(1).listener(heard));
    refuses(live, "a");
    becomes(live, 2);
    refuses(live, "b");
    run(tasks);
    ConfigEvent.Changed<Pair> changed = heard.changed();
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.skipped()).isEqualTo(2);

    refuses(live, "c");
    refuses(live, "d");
    run(tasks);
    ConfigEvent.Refused<Pair> refused = heard.refused();
    assertThat(refused.reason()).contains("'d'");
    assertThat(refused.skipped()).isEqualTo(1);
    assertThat(heard.waiting()).isZero();
  }

  private static void run(Queue<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void whenTheExecutorIsFull_thenTheEventIsToldLater() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    LiveConfig<Pair> live = start(builder()
        .executor(task -> {
          if (full.get()) {
            throw new RejectedExecutionException("full");
          }
          task.run();
        })
        .listener(heard));
    becomes(live, 2);
    assertThat(heard.waiting()).isZero();
    full.set(false);
    becomes(live, 3);
    assertThat(heard.changed().version()).isEqualTo(2);
    assertThat(heard.changed().version()).isEqualTo(3);
  }

  @Test
  void whenAListenerReloads_thenItsEventsStayInOrder() throws Exception {
    List<LiveConfig<Pair>> own = new ArrayList<>();
    LiveConfig<Pair> live = start(builder().executor(Runnable::run).listener(event -> {
      if (own.get(0).snapshot().version() < 4) {
        becomes(own.get(0), 10 + (int) own.get(0).snapshot().version());
      }
      heard.on(event);
    }));
    own.add(live);
    becomes(live, 2);
    assertThat(heard.changed().version()).isEqualTo(2);
    assertThat(heard.changed().version()).isEqualTo(3);
    assertThat(heard.changed().version()).isEqualTo(4);
  }

  @Test
  void whenAnEventIsPrinted_thenItShowsNoValueAndFoldsToItsCase() throws Exception {
    LiveConfig<Pair> live = start(builder().listener(heard));
    becomes(live, 4711);
    ConfigEvent<Pair> changed = heard.next();
    assertThat(changed.toString()).isEqualTo("Changed[version 2, 2 changes, skipped 0]");
    assertThat(live.snapshot().toString()).doesNotContain("4711");
    assertThat(changed.<String>fold(is -> "changed", is -> "refused")).isEqualTo("changed");
    refuses(live, "x");
    assertThat(heard.next().<String>fold(is -> "changed", is -> "refused")).isEqualTo("refused");
  }

  @Test
  void whenItIsClosed_thenNothingMoreIsTold() throws Exception {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LiveConfig<Pair> live = start(builder().executor(tasks::add).listener(heard));
    becomes(live, 2);
    live.close();
    run(tasks);
    assertThat(heard.waiting()).isZero();
  }

  /** Code that is not Java's throws what no signature says, and a service loader an Error of its own. */
  @Test
  void whenAListenerThrowsWhatNobodyExpects_thenItIsToldTheNextEvent() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    LiveConfig<Pair> live = start(builder().listener(event -> {
      switch (calls.incrementAndGet()) {
        case 1 -> throw ListenersTest.<RuntimeException>hidden(new IOException("on purpose"));
        case 2 -> throw new ServiceConfigurationError("on purpose");
        default -> heard.on(event);
      }
    }));
    becomes(live, 2);
    Heard.until("the first is over", () -> "1".equals(fact(live, "listener-failures")));
    becomes(live, 3);
    Heard.until("the second is over", () -> "2".equals(fact(live, "listener-failures")));
    becomes(live, 4);
    assertThat(heard.changed().version()).isEqualTo(4);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E hidden(Exception thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void whenTheExecutorIsStuck_thenItGetsNoMoreTasksThanThereAreEvents() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    LiveConfig<Pair> live = start(builder().executor(tasks::add).listener(heard));
    becomes(live, 2);
    for (int i = 0; i < 100; i++) {
      live.reloadNow();
    }
    assertThat(tasks).hasSize(1);
    becomes(live, 3);
    live.reloadNow();
    assertThat(tasks).hasSize(2);
  }

  @Test
  void whenTheExecutorBreaks_thenReloadsGoOnAndTheEventIsToldLater() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    LiveConfig<Pair> live = start(builder()
        .executor(task -> {
          if (broken.get()) {
            throw new IllegalStateException("on purpose");
          }
          task.run();
        })
        .listener(heard));
    becomes(live, 2);
    broken.set(false);
    live.reloadNow();
    assertThat(heard.changed().version()).isEqualTo(2);
  }

  @Test
  void whenAReloadIsInterruptedWhileItReads_thenItIsCancelledAndNothingIsRefused() {
    AtomicBoolean interrupting = new AtomicBoolean();
    Supplier<Loaded<Pair>> loader = () -> {
      if (interrupting.get()) {
        Thread.currentThread().interrupt();
      }
      return Pairs.loader(file).load();
    };
    LiveConfig<Pair> live = start(
        LiveConfig.builder(loader, SettableClock.at("2026-01-05T09:30:00+08:00"), System::nanoTime)
            .debounce(Duration.ofMinutes(1))
            .pollInterval(Duration.ofHours(1))
            .listener(heard));
    interrupting.set(true);
    write(Pair.yaml(2));
    assertThatThrownBy(live::reloadNow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fact(live, "refusals")).isEqualTo("0");
    interrupting.set(false);
    assertThat(live.reloadNow().value()).isEqualTo(new Pair(2, 2));
  }

  @Test
  void whenTheClockFails_thenTheChangeIsNotLost() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    SettableClock right = SettableClock.at("2026-01-05T09:30:00+08:00");
    Clock clock = new Clock() {
      @Override
      public Instant instant() {
        if (broken.get()) {
          throw new IllegalStateException("on purpose");
        }
        return right.instant();
      }

      @Override
      public ZoneId getZone() {
        return right.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
    LiveConfig<Pair> live = start(LiveConfig.builder(Pairs.loader(file), clock, System::nanoTime)
        .debounce(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .listener(heard));
    broken.set(true);
    write(Pair.yaml(2));
    Heard.until("it failed", () -> !"0".equals(fact(live, "failures")));
    broken.set(false);
    assertThat(heard.nextChange().after().value()).isEqualTo(new Pair(2, 2));
  }
}
