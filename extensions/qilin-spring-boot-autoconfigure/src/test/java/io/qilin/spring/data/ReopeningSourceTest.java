package io.qilin.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReopeningSourceTest {
  /** Counts how often it is closed. */
  private static final class Counted implements MarketDataSource {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public Bars bars(BarQuery query) {
      throw QilinException.invalid("no bars here");
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return Map.of();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void whenItIsClosedWhileAnOpeningHangs_thenCloseReturnsAndWhatComesLateIsClosed()
      throws Exception {
    Counted late = new Counted();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ReopeningSource source = new ReopeningSource("slow", () -> {
      began.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return late;
    });
    FutureTask<MarketDataSource> opening = new FutureTask<>(source::source);
    new Thread(opening, "opening").start();
    began.await();
    source.close();
    assertThat(late.closed).hasValue(0);
    release.countDown();
    opening.get();
    assertThat(late.closed).hasValue(1);
  }

  @Test
  void whenItIsClosedTwice_thenWhatIsOpenIsClosedOnce() {
    Counted there = new Counted();
    ReopeningSource source = new ReopeningSource("there", () -> there);
    source.source();
    source.close();
    source.close();
    assertThat(there.closed).hasValue(1);
  }

  @Test
  void whenItIsClosedBeforeItWasOpen_thenItIsNotOpenedAnyMore() {
    Counted never = new Counted();
    ReopeningSource source = new ReopeningSource("never", () -> never);
    source.close();
    assertThatThrownBy(source::securities)
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("closed");
  }
}
