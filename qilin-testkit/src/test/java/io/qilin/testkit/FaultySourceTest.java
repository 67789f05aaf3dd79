package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.testkit.FaultySource.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FaultySourceTest {
  private final List<Duration> slept = new ArrayList<>();
  private final FaultySource source =
      new FaultySource(new MemoryProvider().open(Map.of()), Duration.ofSeconds(5), slept::add);
  private final Panel good =
      new MemoryProvider().open(Map.of()).bars(BarQuery.ALL).panel();

  private Panel panel() {
    return source.bars(BarQuery.ALL).panel();
  }

  private static ErrorCode code(Runnable call) {
    try {
      call.run();
    } catch (QilinException e) {
      return e.code();
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void whenThereIsNoScript_thenItAnswersAsTheGoodOne() {
    assertThat(Panels.difference(good, panel())).isEmpty();
    assertThat(source.securities()).hasSameSizeAs(good.symbols());
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void whenTheScriptSaysIt_thenCallsMeetTheirFaultsInOrder() {
    source
        .script(
            Fault.FAIL,
            Fault.CRASH,
            Fault.NULL,
            Fault.EMPTY,
            Fault.HALF_ROWS,
            Fault.WRONG_SCHEMA,
            Fault.TOMORROW,
            Fault.STALE,
            Fault.SLOW)
        .then(Fault.FAIL);
    assertThat(code(this::panel)).isEqualTo(ErrorCode.DATA_FETCH);
    assertThatThrownBy(this::panel).isNotInstanceOf(QilinException.class);
    assertThat(source.bars(BarQuery.ALL)).isNull();
    assertThat(panel().symbols()).isEmpty();
    Panel half = panel();
    assertThat(half.values(Field.HIGH, 0)).containsOnly(Double.NaN);
    assertThat(half.values(Field.CLOSE, 0)).isEqualTo(good.values(Field.CLOSE, 0));
    assertThat(panel().fields()).containsExactly(Field.CLOSE);
    assertThat(panel().lastDay()).isEqualTo(good.lastDay().plusYears(1000));
    assertThat(panel().days()).hasSize(good.days().size() - 5);
    assertThat(slept).isEmpty();
    assertThat(Panels.difference(good, panel())).isEmpty();
    assertThat(slept).containsExactly(Duration.ofSeconds(5));
    assertThat(code(this::panel)).isEqualTo(ErrorCode.DATA_FETCH);
    assertThat(code(source::securities)).isEqualTo(ErrorCode.DATA_FETCH);
  }

  @Test
  void whenACallIsDeaf_thenItEndsByReleaseAlone() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    source.script(Fault.DEAF_HANG);
    Future<Bars> deaf = threads.submit(() -> source.bars(BarQuery.ALL));
    source.awaitHanging(1);
    threads.shutdownNow();
    assertThat(source.hanging()).isEqualTo(1);
    source.release();
    assertThat(deaf.get().panel().symbols()).isEqualTo(good.symbols());
    assertThat(source.hanging()).isZero();
  }

  @Test
  void whenAHangingCallIsInterrupted_thenItIsCancelled() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    source.script(Fault.HANG);
    Future<ErrorCode> hanging = threads.submit(() -> code(() -> source.bars(BarQuery.ALL)));
    source.awaitHanging(1);
    threads.shutdownNow();
    assertThat(hanging.get()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void whenOneWhoWaitsForAHangIsInterrupted_thenTheWaitEnds() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> source.awaitHanging(1))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("so many calls hang: 1");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void whenClosed_thenItSaysSo() {
    source.close();
    assertThat(source.closed()).isTrue();
  }
}
