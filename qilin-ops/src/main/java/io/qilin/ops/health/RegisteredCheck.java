package io.qilin.ops.health;

import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.OneCall;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A check with its name, its last result and at most one call under way. Safe to share between threads. */
final class RegisteredCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredCheck.class);

  private final String name;
  private final boolean required;
  private final Set<HealthProbe> probes;
  private final HealthCheck check;
  private final HealthLimits limits;
  private final LongSupplier ticker;
  private final OneCall<HealthResult> call;
  private volatile @Nullable Kept kept;
  private volatile HealthStatus told = HealthStatus.HEALTHY;

  private record Kept(HealthResult result, long at) {}

  RegisteredCheck(
      String name,
      boolean required,
      Set<HealthProbe> probes,
      HealthCheck check,
      HealthLimits limits,
      Executor executor,
      LongSupplier ticker) {
    this.name = name;
    this.required = required;
    this.probes = Set.copyOf(probes);
    this.limits = limits;
    this.ticker = ticker;
    this.check = check;
    this.call = new OneCall<>(this::look, executor, ticker, limits.timeout());
  }

  String name() {
    return name;
  }

  boolean answers(HealthProbe probe) {
    return probes.contains(probe);
  }

  /** A question to the check that is under way; null where the last result is new enough. */
  OneCall<HealthResult>.@Nullable Flight begin() {
    return fresh() == null ? call.begin() : null;
  }

  /** The result of the question, or the last one. */
  HealthComponent await(OneCall<HealthResult>.@Nullable Flight flight) throws InterruptedException {
    Kept last = kept;
    if (flight == null && last != null) {
      return new HealthComponent(required, last.result());
    }
    OneCall.Outcome<HealthResult> outcome = (flight == null ? call.begin() : flight).await();
    HealthResult result = result(outcome);
    if (outcome.end() == OneCall.End.FAILED || outcome.end() == OneCall.End.REFUSED) {
      kept = new Kept(result, ticker.getAsLong());
    }
    tell(result, outcome.error());
    return new HealthComponent(required, result);
  }

  /** One call at a time comes here; what it finds is kept before the next one looks. */
  private @Nullable HealthResult look() throws Exception {
    Kept last = fresh();
    if (last != null) {
      return last.result();
    }
    HealthResult found = check.check();
    if (found == null) {
      return null;
    }
    HealthResult clean = Redaction.clean(found);
    kept = new Kept(clean, ticker.getAsLong());
    return clean;
  }

  private @Nullable Kept fresh() {
    Kept last = kept;
    return last != null && ticker.getAsLong() - last.at() < limits.cache().toNanos() ? last : null;
  }

  private HealthResult result(OneCall.Outcome<HealthResult> outcome) {
    return switch (outcome.end()) {
      case ANSWERED -> {
        HealthResult value = outcome.value();
        yield value == null ? HealthResult.unhealthy("the check gave no result") : value;
      }
      case FAILED ->
        HealthResult.unhealthy(Redaction.clean("the check failed: " + words(outcome.error())));
      case LATE ->
        HealthResult.unhealthy("the check has not answered within "
            + limits.timeout().toMillis() + " ms; it is not asked again before it ends");
      case REFUSED -> HealthResult.unhealthy("the executor did not take the check");
    };
  }

  /** What is said of an error in public: a message of others may hold anything. */
  static String words(@Nullable Throwable error) {
    if (error instanceof QilinException known) {
      return String.valueOf(known.getMessage());
    }
    return error == null ? "unknown" : error.getClass().getSimpleName();
  }

  /** The log gets each change once. */
  private void tell(HealthResult result, @Nullable Throwable error) {
    HealthStatus before = told;
    if (before != result.status()) {
      told = result.status();
      if (result.status() == HealthStatus.UNHEALTHY) {
        LOG.warn("{} is unhealthy: {}", name, result.reason(), error);
      } else {
        LOG.info("{} is now {} {}", name, result.status(), result.reason());
      }
    }
  }
}
