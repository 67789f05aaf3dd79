package io.qilin.ops.health;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Puts diagnostics together; not thread-safe. */
public final class DiagnosticsBuilder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST = 100;

  private final Executor executor;
  private final LongSupplier ticker;
  private final Map<String, Callable<? extends Map<?, ?>>> sources = new LinkedHashMap<>();
  private Duration timeout = Duration.ofSeconds(2);

  DiagnosticsBuilder(Executor executor, Clock clock, LongSupplier ticker) {
    this.executor = executor;
    this.ticker = ticker;
    Instant startedAt = clock.instant();
    long started = ticker.getAsLong();
    sources.put("qilin", Platform::qilin);
    sources.put("jvm", Platform::jvm);
    sources.put("system", Platform::system);
    sources.put("time", () -> {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("at", clock.instant().toString());
      tree.put("startedAt", startedAt.toString());
      tree.put("upSeconds", Duration.ofNanos(ticker.getAsLong() - started).toSeconds());
      return tree;
    });
  }

  /** How long a section may take; 2 s unless set, at most 5 min. */
  public DiagnosticsBuilder timeout(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "timeout must be more than 0 and at most " + LONGEST + ", was " + time);
    }
    timeout = time;
    return this;
  }

  /** The parts of a registry, as the section {@code health}; its checks should take less time than a section may. */
  public DiagnosticsBuilder health(HealthRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    return add("health", () -> registry.report().tree(true));
  }

  /** The last errors, as the section {@code errors}. */
  public DiagnosticsBuilder errors(RecentErrors errors) {
    Objects.requireNonNull(errors, "errors");
    return add("errors", () -> Map.of("last", errors.tree()));
  }

  /** How long things took, in microseconds, as the section {@code latencies}. */
  public DiagnosticsBuilder latencies(LatencyRecorder recorder) {
    Objects.requireNonNull(recorder, "recorder");
    return add("latencies", () -> {
      Map<String, Object> tree = new LinkedHashMap<>();
      recorder.latencies().forEach((name, latency) -> tree.put(name, micros(latency)));
      return tree;
    });
  }

  /**
   * Where the configuration comes from and which version of it is in force, as the section {@code config}.
   *
   * @param source for example the name of a file
   * @param version for example a number or a hash
   */
  public DiagnosticsBuilder config(Supplier<String> source, Supplier<String> version) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(version, "version");
    return add("config", () -> {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("source", source.get());
      tree.put("version", version.get());
      return tree;
    });
  }

  /**
   * The state of a part that is asked for no probe, a worker for example, as a section of its name.
   *
   * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}, once
   * @throws QilinException INVALID_ARGUMENT for an odd name or a second one, LIMIT_EXCEEDED for more than 100
   */
  public DiagnosticsBuilder component(String name, HealthCheck check) {
    Objects.requireNonNull(check, "check");
    return add(name, () -> {
      HealthResult result = check.check();
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("status", HealthReport.word(result.status()));
      tree.put("reason", result.reason());
      tree.put("facts", result.facts());
      return tree;
    });
  }

  /**
   * A section of the host's own.
   *
   * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}, once
   * @param source gives names and values: maps, collections, optionals, numbers, flags; anything else as its text
   * @throws QilinException INVALID_ARGUMENT for an odd name or a second one, LIMIT_EXCEEDED for more than 100
   */
  public DiagnosticsBuilder section(String name, Supplier<? extends Map<String, ?>> source) {
    Objects.requireNonNull(source, "source");
    return add(name, source::get);
  }

  /** The diagnostics. */
  public Diagnostics build() {
    List<DiagnosticSection> sections = new ArrayList<>();
    sources.forEach((name, source) ->
        sections.add(new DiagnosticSection(name, source, timeout, executor, ticker)));
    return new Diagnostics(sections);
  }

  private DiagnosticsBuilder add(String name, Callable<? extends Map<?, ?>> source) {
    if (!NAME.matcher(name).matches()) {
      throw QilinException.invalid(
          "the name of a section is 1 to 64 of A-Z a-z 0-9 _ -, was " + QilinException.quote(name));
    }
    if (sources.size() >= MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "diagnostics have at most " + MOST + " sections");
    }
    if (sources.putIfAbsent(name, source) != null) {
      throw QilinException.invalid("two sections have the name " + QilinException.quote(name));
    }
    return this;
  }

  private static Map<String, Object> micros(Latency latency) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("count", latency.count());
    tree.put("p50", latency.p50() / 1e3);
    tree.put("p90", latency.p90() / 1e3);
    tree.put("p99", latency.p99() / 1e3);
    tree.put("p999", latency.p999() / 1e3);
    tree.put("longest", latency.longest() / 1e3);
    return tree;
  }
}
