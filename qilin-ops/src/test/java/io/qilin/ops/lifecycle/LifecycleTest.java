package io.qilin.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.lifecycle.PartEnd.How;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
  private static final Duration SOON = Duration.ofMillis(30);

  private final List<String> said = new CopyOnWriteArrayList<>();

  private LifecyclePart part(String name, String... dependsOn) {
    return LifecyclePart.of(name, () -> said.add("+" + name), () -> said.add("-" + name))
        .dependsOn(dependsOn);
  }

  private static Lifecycle.Builder builder() {
    return Lifecycle.builder(System::nanoTime);
  }

  private static LifecycleAction hangs() {
    return () -> new CountDownLatch(1).await();
  }

  @Test
  void whenStartedAndStopped_thenEachComesAfterWhatItNeedsAndGoesBeforeIt() {
    Lifecycle life = builder()
        .part(part("desk", "registry", "data"))
        .part(part("registry", "database"))
        .part(part("data"))
        .part(part("database"))
        .build();
    assertThat(life.state()).isEqualTo(LifecycleState.NEW);
    assertThat(life.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    life.start();
    life.start();
    assertThat(said).containsExactly("+database", "+registry", "+data", "+desk");
    assertThat(life.state()).isEqualTo(LifecycleState.RUNNING);
    assertThat(life.health().status()).isEqualTo(HealthStatus.HEALTHY);
    said.clear();
    LifecycleReport report = life.stop();
    assertThat(said).containsExactly("-desk", "-data", "-registry", "-database");
    assertThat(report.clean()).isTrue();
    assertThat(report.state()).isEqualTo(LifecycleState.STOPPED);
    assertThat(life.stop()).isSameAs(report);
    life.close();
    assertThat(said).hasSize(4);
    assertThat(life.health().reason()).isEqualTo("the host is STOPPED");
    assertThat(catchThrowableOfType(QilinException.class, life::start).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void whenPartsDependOnEachOtherOrOnNone_thenTheyAreNamed() {
    assertThatThrownBy(() -> builder()
            .part(part("a", "b"))
            .part(part("b", "c"))
            .part(part("c", "b"))
            .build())
        .hasMessageContaining("in a circle: b -> c -> b");
    assertThatThrownBy(() -> builder().part(part("a", "a")).build()).hasMessageContaining("a -> a");
    assertThatThrownBy(
            () -> builder().part(part("database")).part(part("b", "databse")).build())
        .hasMessageContaining("'databse', which is no part; did you mean 'database'?");
    assertThatThrownBy(() -> builder().part(part("a")).part(part("a")))
        .hasMessageContaining("two parts");
    assertThatThrownBy(() -> part("a").stopWithin(Duration.ZERO)).hasMessageContaining("positive");
    assertThatThrownBy(() -> builder().stopWithin(Duration.ZERO)).hasMessageContaining("positive");
  }

  @Test
  void whenAStartFails_thenWhatWasStartedIsStoppedAndBothAreTold() {
    Lifecycle life = builder()
        .part(part("a"))
        .part(LifecyclePart.of("b", () -> said.add("+b"), () -> {
          throw new IllegalStateException("b is stuck");
        }))
        .part(LifecyclePart.of(
            "c",
            () -> {
              throw new QilinException(ErrorCode.STORE_UNAVAILABLE, "no database");
            },
            () -> said.add("-c")))
        .part(part("d"))
        .build();
    QilinException e = catchThrowableOfType(QilinException.class, life::start);
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(e)
        .hasMessageContaining("because of c: start c failed: no database")
        .hasMessageContaining("stop b failed: IllegalStateException: b is stuck");
    assertThat(said).containsExactly("+a", "+b", "-a");
    assertThat(life.state()).isEqualTo(LifecycleState.FAILED);
    assertThat(life.report().orElseThrow().parts())
        .extracting(PartEnd::name, PartEnd::how)
        .containsExactly(
            Tuple.tuple("d", How.NOT_STARTED),
            Tuple.tuple("c", How.NOT_STARTED),
            Tuple.tuple("b", How.FAILED),
            Tuple.tuple("a", How.STOPPED));
    assertThat(life.stop()).isSameAs(life.report().orElseThrow());
  }

  @Test
  void whenAStartHangs_thenItIsLeftAloneAndStoppedToo() {
    Lifecycle life = builder()
        .part(part("a"))
        .part(LifecyclePart.of("b", hangs(), () -> said.add("-b")).startWithin(SOON))
        .build();
    QilinException e = catchThrowableOfType(QilinException.class, life::start);
    assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(said).containsExactly("+a", "-b", "-a");
  }

  @Test
  void whenAStopHangsOrThrows_thenTheOthersAreStoppedAllTheSame() {
    CountDownLatch deaf = new CountDownLatch(1);
    Lifecycle life = builder()
        .part(part("a"))
        .part(LifecyclePart.of("hangs", () -> {}, hangs()).stopWithin(SOON))
        .part(LifecyclePart.of("deaf", () -> {}, () -> {
              while (deaf.getCount() > 0) {
                Thread.onSpinWait();
              }
            })
            .stopWithin(SOON))
        .part(LifecyclePart.of("throws", () -> {}, () -> {
          throw new StackOverflowError("deep");
        }))
        .part(LifecyclePart.of("late", () -> {}, () -> {
          throw new QilinException(ErrorCode.TIMEOUT, "its own");
        }))
        .part(part("z"))
        .build();
    life.start();
    LifecycleReport report = life.stop();
    deaf.countDown();
    assertThat(report.parts())
        .extracting(PartEnd::how)
        .containsExactly(
            How.STOPPED, How.FAILED, How.FAILED, How.TIMED_OUT, How.TIMED_OUT, How.STOPPED);
    assertThat(report.clean()).isFalse();
    assertThat(report.parts().get(2).reason()).contains("StackOverflowError: deep");
    assertThat(said).containsExactly("+a", "+z", "-z", "-a");
    assertThat(life.state()).isEqualTo(LifecycleState.STOPPED);
  }

  @Test
  void whenTheTimeForAllIsOver_thenAPartWithMoreTimeOfItsOwnIsLeftToo() {
    Lifecycle life = builder()
        .part(LifecyclePart.of("hangs", () -> {}, hangs()).stopWithin(Duration.ofHours(1)))
        .stopWithin(SOON)
        .build();
    life.start();
    LifecycleReport report = life.stop();
    assertThat(report.parts()).extracting(PartEnd::how).containsExactly(How.TIMED_OUT);
  }

  @Test
  void whenTheTimeForAllIsOver_thenEachThatIsLeftStillGetsItsChance() {
    Lifecycle life = builder()
        .part(part("a"))
        .part(LifecyclePart.of("hangs", () -> {}, hangs()).stopWithin(SOON))
        .stopWithin(Duration.ofNanos(1))
        .lastChance(Duration.ofSeconds(30))
        .build();
    life.start();
    LifecycleReport report = life.stop();
    assertThat(report.parts()).extracting(PartEnd::how).containsExactly(How.TIMED_OUT, How.STOPPED);
  }

  @Test
  void whenStopped_thenTheGatesAreDrainedFirst() throws InterruptedException {
    DrainGate gate = DrainGate.of("orders", System::nanoTime);
    Lifecycle life = builder().part(part("a")).gate(gate).build();
    assertThat(catchThrowableOfType(QilinException.class, life::drain).code())
        .isEqualTo(ErrorCode.CONFLICT);
    life.start();
    DrainGate.Pass pass = gate.enter();
    CountDownLatch ended = new CountDownLatch(1);
    Thread stopping = new Thread(() -> {
      life.stop();
      ended.countDown();
    });
    stopping.start();
    Await.until("it drains", () -> life.state() == LifecycleState.DRAINING && gate.closed());
    assertThat(said).containsExactly("+a");
    assertThat(life.health().facts()).containsEntry("in-flight", "1");
    pass.close();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).containsExactly("+a", "-a");
    assertThat(life.report().orElseThrow().drains()).allMatch(DrainReport::clean);
  }

  @Test
  void whenWorkDoesNotComeOut_thenTheDrainIsCutShortAndSaysSo() {
    DrainGate gate = DrainGate.of("orders", System::nanoTime);
    Lifecycle life = builder().part(part("a")).gate(gate).drainWithin(SOON).build();
    life.start();
    gate.enter();
    assertThat(life.drain().get(0).left()).isEqualTo(1);
    assertThat(life.state()).isEqualTo(LifecycleState.DRAINING);
    LifecycleReport report = life.stop();
    assertThat(report.clean()).isFalse();
    assertThat(said).containsExactly("+a", "-a");
  }

  @Test
  void whenTheStoppingThreadIsInterrupted_thenItHurriesStopsAllAndStaysInterrupted() {
    DrainGate gate = DrainGate.of("orders", System::nanoTime);
    Lifecycle life = builder().part(part("a")).part(part("b")).gate(gate).build();
    life.start();
    gate.enter();
    Thread.currentThread().interrupt();
    LifecycleReport report = life.stop();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(said).containsExactly("+a", "+b", "-b", "-a");
    assertThat(report.drains().get(0).left()).isEqualTo(1);
    assertThat(report.parts()).allMatch(end -> end.how() == How.STOPPED);
  }

  @Test
  void whenStoppedDuringTheStart_thenTheStartIsGivenUp() throws InterruptedException {
    CountDownLatch inStart = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Lifecycle life = builder()
        .part(LifecyclePart.of(
            "a",
            () -> {
              inStart.countDown();
              goOn.await();
            },
            () -> said.add("-a")))
        .part(part("b"))
        .build();
    Thread starting = new Thread(() ->
        said.add(catchThrowableOfType(QilinException.class, life::start).code().name()));
    starting.start();
    inStart.await();
    Thread stopping = new Thread(life::stop);
    stopping.start();
    Await.until(
        "the stop waits for the start", () -> stopping.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    starting.join(30_000);
    stopping.join(30_000);
    assertThat(said).containsExactly("-a", "CANCELLED");
    assertThat(life.state()).isEqualTo(LifecycleState.FAILED);
  }

  /** Scenario F8 for the life cycle: it has no wall clock, and its ticker may pass the end of its numbers. */
  @Test
  @Tag("fault")
  @Tag("F8")
  void whenTheTickerWrapsAround_thenNoDeadlineIsMissedAndNoDurationIsNegative() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    DrainGate gate = DrainGate.of("orders", nanos::get);
    Lifecycle life = Lifecycle.builder(nanos::get)
        .gate(gate)
        .part(part("a"))
        .part(LifecyclePart.of(
            "b",
            () -> said.add("+b"),
            () -> nanos.addAndGet(Duration.ofSeconds(6).toNanos())))
        .build();
    life.start();
    LifecycleReport report = life.stop();
    assertThat(report.clean()).isTrue();
    assertThat(report.duration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(report.parts().get(0).duration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(said).containsExactly("+a", "+b", "-a");
  }

  @Test
  void whenAHookOfTheHostStopsIt_thenAReferenceToTheMethodIsEnough() throws InterruptedException {
    Lifecycle life = builder().part(part("a")).build();
    life.start();
    Thread hook = new Thread(life::stop);
    hook.start();
    hook.join(30_000);
    assertThat(life.state()).isEqualTo(LifecycleState.STOPPED);
  }
}
