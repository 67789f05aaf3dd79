package io.qilin.ops.health;

import io.qilin.ops.internal.OneCall;
import io.qilin.ops.internal.PublicWords;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<HealthStatus> told = new AtomicReference<>(HealthStatus.HEALTHY);

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
    if (outcome.end() == OneCall.End.REFUSED) {
      kept = new Kept(result, ticker.getAsLong());
    }
    tell(result, outcome.error());
    return new HealthComponent(required, result);
  }

  /** One call at a time comes here; what it finds is kept before the next one looks. */
  private HealthResult look() throws Exception {
    Kept last = fresh();
    if (last != null) {
      return last.result();
    }
    HealthResult found = HealthResult.unhealthy("the check ended its thread");
    try {
      HealthResult given = check.check();
      found = given == null
          ? HealthResult.unhealthy("the check gave no result")
          : Redaction.clean(given);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      found = failed(e);
      throw e;
    } finally {
      kept = new Kept(found, ticker.getAsLong());
    }
    return found;
  }

  private static HealthResult failed(@Nullable Throwable error) {
    return HealthResult.unhealthy(Redaction.clean("the check failed: " + PublicWords.of(error)));
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
      case FAILED -> failed(outcome.error());
      case LATE ->
        HealthResult.unhealthy("the check has not answered within "
            + limits.timeout().toMillis() + " ms; it is not asked again before it ends");
      case REFUSED -> HealthResult.unhealthy("the executor did not take the check");
    };
  }

  /** The log gets each change once. */
  private void tell(HealthResult result, @Nullable Throwable error) {
    if (told.getAndSet(result.status()) != result.status()) {
      if (result.status() == HealthStatus.UNHEALTHY) {
        LOG.warn("{} is unhealthy: {}", name, result.reason(), error);
      } else {
        LOG.info("{} is now {} {}", name, result.status(), result.reason());
      }
    }
  }
}
