package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogScopeTest {
  @AfterEach
  @AfterTry
  void clear() {
    assertThat(LogScope.youngest()).as("a scope was left open").isNull();
    MDC.clear();
  }

  @Test
  void whenAScopeIsOpen_thenItsFieldsAreThereAndAfterwardsWhatWasBefore() {
    MDC.put("stock", "before");
    try (LogScope outer = LogScope.of(LogField.STOCK, "600519.SH")) {
      assertThat(outer).isNotNull();
      try (LogScope inner =
          LogScope.of(Map.of("stock", "000001.SZ", "strategy", "S1", "correlation", "c-1"))) {
        assertThat(inner).isNotNull();
        assertThat(MDC.getCopyOfContextMap())
            .isEqualTo(Map.of("stock", "000001.SZ", "strategy", "S1", "correlation", "c-1"));
      }
      assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("stock", "600519.SH"));
    }
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("stock", "before"));
  }

  @Test
  void whenTheBodyThrows_thenTheFieldsAreBroughtBack() {
    assertThatThrownBy(() -> {
          try (LogScope scope = LogScope.of(LogField.SIGNAL, "BUY")) {
            assertThat(LogField.SIGNAL.in(MDC.getCopyOfContextMap())).isEqualTo("BUY");
            throw new QilinException(ErrorCode.TIMEOUT, "too late " + scope.hashCode());
          }
        })
        .isInstanceOf(QilinException.class);
    assertThat(MDC.get("signal")).isNull();
  }

  @Test
  void whenClosedOutOfOrder_thenTheYoungerValueStaysAndTheOldestComesBack() {
    MDC.put("stock", "0");
    LogScope first = LogScope.of(LogField.STOCK, "1");
    LogScope second = LogScope.of(LogField.STOCK, "2");
    first.close();
    assertThat(MDC.get("stock")).isEqualTo("2");
    second.close();
    assertThat(MDC.get("stock")).isEqualTo("0");
    first.close();
    second.close();
    assertThat(MDC.get("stock")).isEqualTo("0");
  }

  /** Against a list of the open scopes: the youngest that has a key says its value. */
  @Property(tries = 100)
  void whenScopesAreOpenedAndClosedInAnyOrder_thenTheYoungestOpenOneDecides(
      @ForAll @Size(max = 40) List<@IntRange(max = 59) Integer> steps) {
    MDC.put("a", "base");
    List<LogScope> scopes = new ArrayList<>();
    List<Map<String, String>> fields = new ArrayList<>();
    for (int step : steps) {
      if (step < 30) {
        Map<String, String> own = step % 3 == 0
            ? Map.of("a", "v" + scopes.size(), "b", "v" + scopes.size())
            : Map.of(step % 3 == 1 ? "a" : "b", "v" + scopes.size());
        scopes.add(LogScope.of(own));
        fields.add(own);
      } else if (!scopes.isEmpty()) {
        int which = step % scopes.size();
        scopes.remove(which).close();
        fields.remove(which);
      }
      same(fields, "a", "base");
      same(fields, "b", null);
    }
    scopes.forEach(LogScope::close);
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("a", "base"));
  }

  private static void same(List<Map<String, String>> fields, String key, String otherwise) {
    String expected = otherwise;
    for (Map<String, String> own : fields) {
      expected = own.getOrDefault(key, expected);
    }
    assertThat(MDC.get(key)).isEqualTo(expected);
  }

  @Test
  void whenClosedOnAnotherThread_thenNeitherThreadChanges() throws InterruptedException {
    LogScope scope = LogScope.of(LogField.STOCK, "600519.SH");
    AtomicReference<String> there = new AtomicReference<>();
    Thread other = new Thread(() -> {
      MDC.put("stock", "own");
      scope.close();
      there.set(MDC.get("stock"));
    });
    other.start();
    other.join();
    assertThat(there.get()).isEqualTo("own");
    assertThat(MDC.get("stock")).isEqualTo("600519.SH");
    scope.close();
    assertThat(MDC.get("stock")).isNull();
  }

  @Test
  void whenWorkIsWrapped_thenItsFieldsGoWithItAndTheThreadIsCleanAfterwards() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(() -> MDC.put("own", "of the thread")).get(30, TimeUnit.SECONDS);
      Callable<Map<String, String>> seen;
      try (LogScope scope = LogScope.of(LogField.STRATEGY, "S1")) {
        assertThat(scope).isNotNull();
        seen = LogScope.wrap(() -> {
          Map<String, String> now = MDC.getCopyOfContextMap();
          LogScope.of("leaked", "by the work");
          return now;
        });
      }
      assertThat(pool.submit(seen).get(30, TimeUnit.SECONDS)).isEqualTo(Map.of("strategy", "S1"));
      Runnable failing = LogScope.wrap((Runnable) () -> {
        LogScope.of("leaked", "by the work");
        throw new QilinException(ErrorCode.TIMEOUT, "too late");
      });
      assertThatThrownBy(() -> pool.submit(failing).get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(QilinException.class);
      assertThat(pool.submit(() -> MDC.getCopyOfContextMap()).get(30, TimeUnit.SECONDS))
          .isEqualTo(Map.of("own", "of the thread"));
      assertThat(pool.submit(() -> LogScope.youngest() == null).get(30, TimeUnit.SECONDS))
          .isTrue();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenAnExecutorIsWrapped_thenEachTaskHasTheFieldsOfItsMoment() {
    List<Runnable> handed = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    java.util.concurrent.Executor executor =
        LogScope.wrap((java.util.concurrent.Executor) handed::add);
    for (String stock : List.of("1", "2")) {
      try (LogScope scope = LogScope.of(LogField.STOCK, stock)) {
        executor.execute(() -> seen.add(MDC.get("stock") + (scope == null)));
      }
    }
    executor.execute(() -> seen.add(LogField.STOCK.in(
        MDC.getCopyOfContextMap() == null ? Map.of() : MDC.getCopyOfContextMap())));
    handed.forEach(Runnable::run);
    assertThat(seen).containsExactly("1false", "2false", "N/A");
  }

  @Test
  void whenAKeyIsEmptyOrAValueNull_thenNothingIsChanged() {
    assertThatThrownBy(() -> LogScope.of("", "x")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> LogScope.of(Map.of("a", "x", "", "y")))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> LogScope.of(LogField.STOCK, null))
        .isInstanceOf(NullPointerException.class);
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }
}
