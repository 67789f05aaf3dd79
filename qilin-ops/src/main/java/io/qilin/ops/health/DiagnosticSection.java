package io.qilin.ops.health;

import io.qilin.ops.internal.OneCall;
import io.qilin.ops.internal.PublicWords;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One section of a report, which may fail or hang. Safe to share between threads. */
final class DiagnosticSection {
  private static final Logger LOG = LoggerFactory.getLogger(DiagnosticSection.class);
  private static final String FAILED = "failed";

  private final String name;
  private final Duration timeout;
  private final OneCall<Map<String, Object>> call;

  DiagnosticSection(
      String name,
      Callable<? extends Map<?, ?>> source,
      Duration timeout,
      Executor executor,
      LongSupplier ticker) {
    this.name = name;
    this.timeout = timeout;
    this.call = new OneCall<>(() -> PlainTree.of(source.call()), executor, ticker, timeout);
  }

  String name() {
    return name;
  }

  OneCall<Map<String, Object>>.Flight begin() {
    return call.begin();
  }

  /** What it tells, or why it does not. */
  Map<String, Object> await(OneCall<Map<String, Object>>.Flight flight)
      throws InterruptedException {
    OneCall.Outcome<Map<String, Object>> outcome = flight.await();
    Map<String, Object> value = outcome.value();
    if (outcome.end() == OneCall.End.ANSWERED && value != null) {
      return value;
    }
    Map<String, Object> why = new LinkedHashMap<>();
    switch (outcome.end()) {
      case LATE ->
        why.put(
            FAILED,
            "it has not answered within " + timeout.toMillis()
                + " ms and is not asked again before it ends");
      case REFUSED -> why.put(FAILED, "the executor did not take it");
      default -> {
        LOG.debug("the section {} of the diagnostics failed", name, outcome.error());
        why.put(FAILED, Redaction.clean(PublicWords.of(outcome.error())));
      }
    }
    return why;
  }
}
