package io.qilin.ops.health;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.OneCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a host can tell of itself when somebody looks for a fault: versions, time up, parts, errors, latencies, configuration, and
 * sections of its own.
 *
 * <pre>
 * Diagnostics diagnostics = Diagnostics.builder(executor, clock, System::nanoTime)
 *     .health(registry).errors(errors).latencies(latencies)
 *     .config(() -&gt; "conf/qilin.yaml", () -&gt; "17")
 *     .component("config-watch", worker::health)
 *     .section("pool", () -&gt; Map.of("size", pool.getPoolSize()))
 *     .build();
 * out.println(diagnostics.text());
 * </pre>
 *
 * <p>All sections are asked at the same time on the caller's executor; one that throws or hangs is named, the others stand. What looks
 * like a secret is replaced by {@code ***}, see {@code docs/ops-health.md}; a text is cut at 4,096 characters, a section at 2,000
 * entries and a depth of 8. Safe for use by several threads.
 */
public final class Diagnostics {
  private final List<DiagnosticSection> sections;

  Diagnostics(List<DiagnosticSection> sections) {
    this.sections = List.copyOf(sections);
  }

  /**
   * Diagnostics of this JVM; its time up begins now.
   *
   * @param executor asks the sections; should have a thread for each that may hang
   * @param clock for the moment of the report
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static DiagnosticsBuilder builder(Executor executor, Clock clock, LongSupplier ticker) {
    return new DiagnosticsBuilder(
        Objects.requireNonNull(executor, "executor"),
        Objects.requireNonNull(clock, "clock"),
        Objects.requireNonNull(ticker, "ticker"));
  }

  /**
   * All of it as one line of JSON: an object for each section.
   *
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  public String json() {
    return JsonText.write(report());
  }

  /**
   * All of it as lines {@code section.name: text}.
   *
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  public String text() {
    StringBuilder out = new StringBuilder();
    report().forEach((name, section) -> PlainTree.lines(name, section, out));
    return out.toString();
  }

  private Map<String, Object> report() {
    List<OneCall<Map<String, Object>>.Flight> flights = new ArrayList<>();
    for (DiagnosticSection section : sections) {
      flights.add(section.begin());
    }
    Map<String, Object> report = new LinkedHashMap<>();
    try {
      for (int i = 0; i < flights.size(); i++) {
        report.put(sections.get(i).name(), sections.get(i).await(flights.get(i)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while diagnostics were asked for", e);
    }
    return report;
  }
}
