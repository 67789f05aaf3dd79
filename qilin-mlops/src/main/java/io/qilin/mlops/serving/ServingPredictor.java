package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.bundle.GoldenRows;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores with the version of a name that is in production, whichever that is. When another version is promoted it is opened and
 * warmed up beside the one that serves, then exchanged in one step: no call waits, none fails, each is answered by exactly one
 * version, and the old one is closed when its last call has ended.
 *
 * <p>The version that was in production before stays open as a standby. When the production version fails in a call, the standby
 * answers that call and those after it, and from time to time one call tries the production version again. When a newly promoted
 * version cannot be opened or does not give its golden scores, the one before goes on. Both are told by a {@link ServingEvent} and
 * shown by {@link #status} as degraded. What the caller did wrong (MODEL_MISMATCH) is no failure of the version.
 *
 * <p>All versions that are served by one object take the same features in the same order; a version with others is refused. Serve
 * it by an object of its own.
 *
 * <p>It looks into the registry when it is opened, by {@link #refresh}, and as {@link Builder#refreshOn} and {@link
 * Builder#pollEvery} say. A call makes no garbage of its own.
 *
 * <p>Safe to share between threads.
 */
public final class ServingPredictor implements Predictor {
  private final ServedModels models;
  private final LatencyHistogram latency = new LatencyHistogram();
  private final LongSupplier nanos;

  private ServingPredictor(ServedModels models, LongSupplier nanos) {
    this.models = models;
    this.nanos = nanos;
  }

  /**
   * Serving of a name.
   *
   * @param registry where versions are; stays open
   * @param name of the model
   * @param opener makes a version ready
   * @param clock what time it is, for events
   * @param nanos a clock that never goes back, in nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(
      ModelRegistry registry, String name, ModelOpener opener, Clock clock, LongSupplier nanos) {
    return new Builder(registry, name, opener, clock, nanos);
  }

  /** Settings of a serving. Not thread-safe. */
  public static final class Builder {
    final ModelRegistry registry;
    final String name;
    final ModelOpener opener;
    final Clock clock;
    final LongSupplier nanos;
    Function<ModelVersion, Optional<GoldenRows>> golden = version -> Optional.empty();
    boolean standby = true;
    Duration firstPause = Duration.ofSeconds(1);
    Duration longestPause = Duration.ofMinutes(1);
    Consumer<? super ServingEvent> listener = event -> {};

    @Nullable
    Executor executor;

    @Nullable
    ScheduledExecutorService scheduler;

    Duration interval = Duration.ofSeconds(1);

    private Builder(
        ModelRegistry registry, String name, ModelOpener opener, Clock clock, LongSupplier nanos) {
      this.registry = Objects.requireNonNull(registry, "registry");
      this.name = ModelId.requireName(name);
      this.opener = Objects.requireNonNull(opener, "opener");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.nanos = Objects.requireNonNull(nanos, "nanos");
    }

    /** The rows that a version must score as it did when it was made, before it serves; none unless set. */
    public Builder golden(Function<ModelVersion, Optional<GoldenRows>> rows) {
      golden = Objects.requireNonNull(rows, "rows");
      return this;
    }

    /** Keeps no second version open, which saves its memory: a call in which the production version fails throws. */
    public Builder withoutStandby() {
      standby = false;
      return this;
    }

    /**
     * How long a version that failed is left alone before it is tried again; 1 second, doubled with each failure up to 1 minute,
     * unless set.
     *
     * @param first positive
     * @param longest not shorter than first, at most one day
     * @throws QilinException INVALID_ARGUMENT for other lengths
     */
    public Builder retry(Duration first, Duration longest) {
      boolean sound = first.compareTo(Duration.ZERO) > 0
          && first.compareTo(longest) <= 0
          && longest.compareTo(Duration.ofDays(1)) <= 0;
      if (!sound) {
        throw QilinException.invalid(
            "the time before a retry is positive, grows, and is at most one" + " day; got " + first
                + " and " + longest);
      }
      firstPause = first;
      longestPause = longest;
      return this;
    }

    /** Who is told what happens, on the thread on which it happens; nobody unless set. What it throws is logged. */
    public Builder listener(Consumer<? super ServingEvent> toTell) {
      listener = Objects.requireNonNull(toTell, "toTell");
      return this;
    }

    /**
     * Follows the events of the registry, on an executor of the caller; old versions are closed on it as well. Unless set, only
     * {@link ServingPredictor#refresh} and polling look, and the last call that used a version closes it.
     */
    public Builder refreshOn(Executor toRefresh) {
      executor = Objects.requireNonNull(toRefresh, "toRefresh");
      return this;
    }

    /**
     * Looks into the registry from time to time, which also sees what other processes promote; never unless set.
     *
     * @param toPoll an executor of the caller
     * @param every at least one millisecond, at most one day
     * @throws QilinException INVALID_ARGUMENT for another length
     */
    public Builder pollEvery(ScheduledExecutorService toPoll, Duration every) {
      if (every.toMillis() < 1 || every.compareTo(Duration.ofDays(1)) > 0) {
        throw QilinException.invalid(
            "the registry is asked every millisecond to every day, not every " + every);
      }
      scheduler = Objects.requireNonNull(toPoll, "toPoll");
      interval = every;
      return this;
    }

    /**
     * Begins to serve. It is no error that no version is in production yet, or that the one there is refused while the one before
     * can serve: calls are refused until there is one.
     *
     * @throws QilinException what the registry throws; nothing is left open then
     */
    public ServingPredictor open() {
      ServedModels models = new ServedModels(this);
      models.begin();
      return new ServingPredictor(models, nanos);
    }
  }

  /**
   * What the serving version takes.
   *
   * @throws QilinException DATA_NOT_FOUND while no version can serve; INVALID_ARGUMENT after {@link #close}
   */
  @Override
  public ModelSignature signature() {
    return models.serving().version().draft().signature();
  }

  @Override
  public void predict(double[] rows, int count, double[] scores) {
    score(rows, count, scores);
  }

  /**
   * Scores rows, as {@link #predict}, and says which version did.
   *
   * @return the version that gave all of the scores
   * @throws QilinException as {@link Predictor#predict}; DATA_NOT_FOUND while no version can serve
   */
  public ModelVersion score(double[] rows, int count, double[] scores) {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(scores, "scores");
    long begin = nanos.getAsLong();
    int stripe = Stripes.mine();
    boolean answered = false;
    try {
      ModelVersion by = answer(stripe, begin, rows, count, scores);
      answered = true;
      return by;
    } finally {
      if (!answered) {
        latency.countFailure();
      }
    }
  }

  private ModelVersion answer(int stripe, long begin, double[] rows, int count, double[] scores) {
    while (true) {
      ServedModels.State state = models.state();
      HeldModel primary = state.primary();
      HeldModel standby = state.standby();
      if (primary != null) {
        Breaker breaker = state.breaker();
        Breaker.Pass pass = standby == null ? Breaker.Pass.ASK : breaker.pass(begin);
        if (pass != Breaker.Pass.SKIP) {
          if (!primary.enter(stripe)) {
            continue;
          }
          QilinException failure = attempt(primary, stripe, rows, count, scores);
          if (failure == null) {
            if (pass == Breaker.Pass.PROBE) {
              breaker.recovered();
              models.tellRecovered(primary);
            }
            latency.count(stripe, nanos.getAsLong() - begin, count, false);
            return primary.version();
          }
          if (failure.code() == ErrorCode.MODEL_MISMATCH) {
            breaker.abandoned(pass, begin);
            throw failure;
          }
          if (standby == null) {
            throw failure;
          }
          if (breaker.failed(pass, nanos.getAsLong())) {
            models.tellFellBack(primary, standby, failure);
          }
        }
      }
      if (standby == null) {
        throw state.nothing();
      }
      if (!standby.enter(stripe)) {
        continue;
      }
      QilinException failure = attempt(standby, stripe, rows, count, scores);
      if (failure != null) {
        throw failure;
      }
      latency.count(stripe, nanos.getAsLong() - begin, count, true);
      return standby.version();
    }
  }

  /** Scores with a model that was entered, and leaves it; gives what went wrong, or null. */
  private static @Nullable QilinException attempt(
      HeldModel model, int stripe, double[] rows, int count, double[] scores) {
    try {
      ScoreCheck.requireRoom(model.version().draft().signature(), rows, count, scores);
      model.predictor().predict(rows, count, scores);
      ScoreCheck.requireScores(model.version(), rows, count, scores);
      return null;
    } catch (QilinException e) {
      return e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return new QilinException(ErrorCode.MODEL_OUTPUT, model.version().id() + " failed: " + e, e);
    } finally {
      model.leave(stripe);
    }
  }

  /**
   * Looks into the registry now and exchanges the version if another one is in production. Opening takes its time on this thread;
   * calls go on meanwhile.
   *
   * @return what serves now
   * @throws QilinException what the registry throws, while what serves goes on; INVALID_ARGUMENT after {@link #close}
   */
  public ServingStatus refresh() {
    return models.refresh();
  }

  /** What serves now. */
  public ServingStatus status() {
    return models.status();
  }

  /** How long the calls took so far. */
  public LatencySummary latency() {
    return latency.summary();
  }

  /** Serves no more; calls that run are waited for, then every version is closed. Not to be called from within a call. */
  @Override
  public void close() {
    models.close();
  }
}
