package io.qilin.ops.error;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does after a failure what its {@link Degradation} says:
 *
 * <table>
 * <caption>What stands in</caption>
 * <tr><th>degradation</th><th>what is done</th><th>what comes back</th></tr>
 * <tr><td>CACHED_DATA</td><td>the kept copy is fetched</td><td>{@link StandIn.StaleCopy} with source and age</td></tr>
 * <tr><td>ABSTAIN</td><td>nothing</td><td>{@link StandIn.Abstained}</td></tr>
 * <tr><td>RULES</td><td>the rules are asked</td><td>{@link StandIn.ByRules}</td></tr>
 * <tr><td>MANUAL_INTERVENTION</td><td>the order is put into the {@link ManualQueue}</td><td>{@link StandIn.PutAside}</td></tr>
 * <tr><td>STOP_TRADING</td><td>the switch is thrown, a critical alert is sent</td><td>{@link StandIn.Stopped}</td></tr>
 * <tr><td>REFUSE</td><td>nothing</td><td>{@link StandIn.Refused}</td></tr>
 * <tr><td>NONE</td><td>nothing</td><td>{@link StandIn.Reported}</td></tr>
 * </table>
 *
 * <p>For risk and security no copy and no rule is ever asked. Where a part is missing or throws, the failure is reported as it is;
 * if it was a queue or a switch, a critical alert says so as well. Safe for use by several threads if its parts are.
 *
 * @param <T> what was asked for
 */
public final class DegradationTable<T> {
  private static final Logger LOG = LoggerFactory.getLogger(DegradationTable.class);
  private static final String SOURCE = "degradation";

  private final AlertSink alerts;
  private final InstantSource clock;
  private final Supplier<Optional<KeptCopy<T>>> keptCopy;
  private final Supplier<Optional<T>> rules;
  private final Optional<ManualQueue> queue;
  private final Optional<Consumer<String>> stop;

  private DegradationTable(Builder<T> builder) {
    this.alerts = builder.alerts;
    this.clock = builder.clock;
    this.keptCopy = builder.keptCopy;
    this.rules = builder.rules;
    this.queue = builder.queue;
    this.stop = builder.stop;
  }

  /**
   * Starts a table in which nothing stands in.
   *
   * @param alerts who is told when a person should look
   * @param clock the time of alerts and cases, and of the age of copies
   */
  public static <T> Builder<T> builder(AlertSink alerts, InstantSource clock) {
    return new Builder<>(alerts, clock);
  }

  /**
   * What there is after a failure.
   *
   * @param subject what it was about, for the person who looks: a client order id, a query; without secrets
   * @param thrown anything; what is none of Qilin's is taken by its type
   */
  public StandIn<T> standIn(String subject, Throwable thrown) {
    Objects.requireNonNull(subject, "subject");
    QilinException error = ForeignError.typed(thrown, subject, ErrorCode.UNKNOWN);
    return switch (error.code().degradation()) {
      case NONE -> new StandIn.Reported<>(error);
      case CACHED_DATA -> stale(error);
      case ABSTAIN -> new StandIn.Abstained<>(error.code(), text(error));
      case RULES -> byRules(error);
      case MANUAL_INTERVENTION -> putAside(subject, error);
      case STOP_TRADING -> stopped(subject, error);
      case REFUSE -> new StandIn.Refused<>(error.code());
    };
  }

  private StandIn<T> stale(QilinException error) {
    Optional<KeptCopy<T>> copy = asked("the kept copy", keptCopy);
    if (copy.isEmpty()) {
      return new StandIn.Reported<>(error);
    }
    Duration age = Duration.between(copy.get().fetched(), clock.instant());
    return new StandIn.StaleCopy<>(
        error.code(),
        copy.get().value(),
        copy.get().source(),
        age.isNegative() ? Duration.ZERO : age);
  }

  private StandIn<T> byRules(QilinException error) {
    Optional<T> answer = asked("the rules", rules);
    return answer.isEmpty()
        ? new StandIn.Reported<>(error)
        : new StandIn.ByRules<>(error.code(), answer.get());
  }

  private StandIn<T> putAside(String subject, QilinException error) {
    ManualCase item = new ManualCase(clock.instant(), subject, error.code(), text(error));
    try {
      if (queue.isPresent()) {
        queue.get().put(item);
        return new StandIn.PutAside<>(error.code(), item);
      }
      alert(item.at(), error.code(), subject + " waits for a person, but there is no queue for it");
    } catch (RuntimeException e) {
      LOG.error("{} could not be put aside", QilinException.quote(subject), e);
      alert(item.at(), error.code(), subject + " waits for a person, but could not be put aside");
    }
    return new StandIn.Reported<>(error);
  }

  private StandIn<T> stopped(String subject, QilinException error) {
    String reason = subject + ": " + text(error);
    String done = "trading is stopped, ";
    try {
      if (stop.isPresent()) {
        stop.get().accept(reason);
      } else {
        done = "trading must be stopped, but there is no switch, ";
      }
    } catch (RuntimeException e) {
      LOG.error("the switch that stops trading failed", e);
      done = "trading must be stopped, but the switch failed, ";
    }
    alert(clock.instant(), error.code(), done + reason);
    return new StandIn.Stopped<>(error.code(), reason);
  }

  private void alert(Instant at, ErrorCode code, String message) {
    try {
      alerts.alert(new Alert(at, code, SOURCE, message, Severity.CRITICAL, Map.of()));
    } catch (RuntimeException e) {
      LOG.error("the alert was not delivered: {}", ErrorLine.flat(message), e);
    }
  }

  private static <V> Optional<V> asked(String what, Supplier<Optional<V>> supplier) {
    try {
      return Objects.requireNonNull(supplier.get(), what);
    } catch (RuntimeException e) {
      LOG.warn("{} could not stand in", what, e);
      return Optional.empty();
    }
  }

  private static String text(QilinException error) {
    return String.valueOf(error.getMessage());
  }

  /**
   * Collects what stands in. Not thread-safe.
   *
   * @param <T> what was asked for
   */
  public static final class Builder<T> {
    private final AlertSink alerts;
    private final InstantSource clock;
    private Supplier<Optional<KeptCopy<T>>> keptCopy = Optional::empty;
    private Supplier<Optional<T>> rules = Optional::empty;
    private Optional<ManualQueue> queue = Optional.empty();
    private Optional<Consumer<String>> stop = Optional.empty();

    private Builder(AlertSink alerts, InstantSource clock) {
      this.alerts = Objects.requireNonNull(alerts, "alerts");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The last good answer; there is none unless set. */
    public Builder<T> keptCopy(Supplier<Optional<KeptCopy<T>>> copy) {
      keptCopy = Objects.requireNonNull(copy, "copy");
      return this;
    }

    /** The result by rules; there is none unless set. */
    public Builder<T> rules(Supplier<Optional<T>> answer) {
      rules = Objects.requireNonNull(answer, "answer");
      return this;
    }

    /** Where orders wait for a person; nowhere unless set, and then a critical alert says so. */
    public Builder<T> manualQueue(ManualQueue people) {
      queue = Optional.of(people);
      return this;
    }

    /** Stops trading for the reason it is given; a kill switch for example. Nothing unless set, and then the alert says so. */
    public Builder<T> stopTrading(Consumer<String> halt) {
      stop = Optional.of(halt);
      return this;
    }

    /** The table. */
    public DegradationTable<T> build() {
      return new DegradationTable<>(this);
    }
  }
}
