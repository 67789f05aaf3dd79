package io.qilin.ops.http;

import com.sun.net.httpserver.HttpExchange;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.Diagnostics;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a handler answers; not thread-safe. */
public final class OpsHandlerBuilder {
  /** The type of Prometheus' text format, version 0.0.4. */
  public static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(OpsHandlerBuilder.class);
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}(?:;[ -~]{0,255})?");
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final HealthRegistry registry;
  private final Executor executor;
  private final LongSupplier ticker;
  private @Nullable Supplier<String> metrics;
  private String metricsType = PROMETHEUS_TEXT;
  private @Nullable Diagnostics diagnostics;
  private Predicate<HttpExchange> authoriser = exchange -> false;
  private boolean details = true;
  private Duration timeout = Duration.ofSeconds(5);
  private int concurrent = 16;

  OpsHandlerBuilder(HealthRegistry registry, Executor executor, LongSupplier ticker) {
    this.registry = registry;
    this.executor = executor;
    this.ticker = ticker;
  }

  /** What {@code /metrics} answers, for example {@code PrometheusMeterRegistry::scrape}; 404 unless set. */
  public OpsHandlerBuilder metrics(Supplier<String> text) {
    return metrics(text, PROMETHEUS_TEXT);
  }

  /**
   * The same in another format.
   *
   * @param type its media type, for the header {@code Content-Type}
   * @throws QilinException INVALID_ARGUMENT if it is none
   */
  public OpsHandlerBuilder metrics(Supplier<String> text, String type) {
    metrics = Objects.requireNonNull(text, "text");
    if (!TYPE.matcher(type).matches()) {
      throw QilinException.invalid("the media type of the metrics is one like " + PROMETHEUS_TEXT
          + ", was " + QilinException.quote(type));
    }
    metricsType = type;
    return this;
  }

  /**
   * Answers {@code /status} with diagnostics, which tell much; 404 unless set.
   *
   * @param allowed who may see it; false or an exception is 403. Called on the server's thread; does not block, read the body or
   *     answer
   */
  public OpsHandlerBuilder status(Diagnostics source, Predicate<HttpExchange> allowed) {
    diagnostics = Objects.requireNonNull(source, "source");
    authoriser = Objects.requireNonNull(allowed, "allowed");
    return this;
  }

  /** Whether probes tell of each part, not only the status; true unless set. */
  public OpsHandlerBuilder details(boolean shown) {
    details = shown;
    return this;
  }

  /** How long metrics and diagnostics may take; 5 s unless set, at most 5 min. */
  public OpsHandlerBuilder timeout(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "timeout must be more than 0 and at most " + LONGEST + ", was " + time);
    }
    timeout = time;
    return this;
  }

  /** How many questions are answered at a time; more get 503. 16 unless set, at most 1,000. */
  public OpsHandlerBuilder concurrent(int questions) {
    if (questions < 1 || questions > 1_000) {
      throw QilinException.invalid("1 to 1,000 questions at a time, not " + questions);
    }
    concurrent = questions;
    return this;
  }

  /** The handler. */
  public OpsHandler build() {
    boolean shown = details;
    Map<String, OpsRoute> routes = new HashMap<>();
    routes.put("/health", exchange -> health(registry.report(), shown));
    routes.put("/health/live", exchange -> health(registry.report(HealthProbe.LIVE), shown));
    routes.put("/health/ready", exchange -> health(registry.report(HealthProbe.READY), shown));
    routes.put("/health/startup", exchange -> health(registry.report(HealthProbe.STARTUP), shown));
    if (metrics != null) {
      BoundedText text =
          new BoundedText("metrics", metricsType, metrics, executor, ticker, timeout);
      routes.put("/metrics", exchange -> text.reply());
    }
    if (diagnostics != null) {
      BoundedText text = new BoundedText(
          "diagnostics", OpsReply.JSON, diagnostics::json, executor, ticker, timeout);
      Predicate<HttpExchange> allowed = authoriser;
      routes.put(
          "/status",
          exchange -> allowed(allowed, exchange)
              ? text.reply()
              : OpsReply.refusal(403, "this is not for you"));
    }
    return new OpsHandler(routes, concurrent);
  }

  private static OpsReply health(HealthReport report, boolean shown) {
    return OpsReply.json(
        report.passes() ? 200 : 503, shown ? report.toJson() : report.toShortJson());
  }

  /** Whoever cannot be judged is not let in. */
  private static boolean allowed(Predicate<HttpExchange> authoriser, HttpExchange exchange) {
    try {
      return authoriser.test(exchange);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      LOG.warn("the authoriser of /status failed; nobody is let in", e);
      return false;
    }
  }
}
