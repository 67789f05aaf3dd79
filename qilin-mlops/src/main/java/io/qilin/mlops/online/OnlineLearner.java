package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.training.IncrementalModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that goes on learning while it serves.
 *
 * <ol>
 *   <li>{@link #offer}: a sample is scored and kept. The score is from before anything learnt from it: the losses are honest.
 *   <li>{@link #label}: its label comes when everybody knows it, no sooner.
 *   <li>{@link #update}: when enough labels have come, a copy learns from the older ones and is tried on the newest, which neither
 *       it nor its origin has learnt from. If it is not worse by more than the margin it serves from then on, and the newest are
 *       learnt next time; else all stays as it was and no sample is lost.
 * </ol>
 *
 * <p>What a method has returned from has survived. The samples are in the database, in memory are two models and, during an
 * update, the buffer's rows. The same calls at the same times give the same models, bit for bit. A learner has one driver at a time:
 * a second one gets CONFLICT at its next call.
 *
 * <p>Safe to share between threads: scoring goes on while an update learns. Every method but {@link #score} may throw
 * STORE_UNAVAILABLE, STORE_DAMAGED, IO or RESOURCE_EXHAUSTED, and CONFLICT; then nothing has changed.
 */
public final class OnlineLearner {
  private static final Logger LOG = LoggerFactory.getLogger(OnlineLearner.class);
  private static final int MAX_BATCH = 10_000;
  private static final long MAX_VALUES = 100_000_000;
  private static final int MAX_UPDATES = 10_000;

  private final Database database;
  private final String name;
  private final ModelSignature signature;
  private final OnlineSettings settings;
  private final Intake intake;
  private final InstantSource clock;
  private final DoubleConsumer losses;
  private final ReentrantLock updating = new ReentrantLock();
  /** Guards the models and the state. */
  private final ReentrantLock lock = new ReentrantLock();

  private IncrementalModel serving;
  private @Nullable IncrementalModel shadow;
  private LearnerState state;

  private OnlineLearner(
      Database database,
      OnlineSettings settings,
      InstantSource clock,
      DoubleConsumer losses,
      OpenedLearner opened) {
    this.database = database;
    this.name = opened.state.name;
    this.signature = opened.serving.signature();
    this.settings = settings;
    this.intake = new Intake(name, settings);
    this.clock = clock;
    this.losses = losses;
    this.serving = opened.serving;
    this.shadow = opened.shadow;
    this.state = opened.state;
  }

  /**
   * Opens a learner, or begins one.
   *
   * @param name 1 to 128 letters, digits, {@code . _ -} of ASCII, beginning with a letter or digit
   * @param initial what serves first; copied. For a learner that is there only its signature counts
   * @param restore makes a model of what {@link IncrementalModel#state} gave
   * @param losses is told each loss of the serving model in order, after it is durable, for example a {@link
   *     io.qilin.mlops.drift.ChangeDetector}; should be quick. What it throws is logged. Its own state is its owner's to keep
   * @throws QilinException MODEL_MISMATCH if the learner takes other features; LIMIT_EXCEEDED if capacity × features is above
   *     100,000,000; STORE_VERSION if a newer version of Qilin wrote it; MODEL_INVALID if a model cannot be restored
   */
  public static OnlineLearner open(
      Database database,
      String name,
      IncrementalModel initial,
      Function<byte[], IncrementalModel> restore,
      OnlineSettings settings,
      InstantSource clock,
      DoubleConsumer losses) {
    ModelId.requireName(name);
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(losses, "losses");
    if ((long) settings.capacity() * initial.signature().width() > MAX_VALUES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the buffer would have " + settings.capacity() + " samples of "
              + initial.signature().width() + " features, at most " + MAX_VALUES
              + " values are kept; make the capacity smaller");
    }
    database.require(OnlineTables.SCHEMA);
    OpenedLearner opened =
        database.write(connection -> OpenedLearner.of(connection, name, initial, restore));
    return new OnlineLearner(database, settings, clock, losses, opened);
  }

  /** What the model takes. */
  public ModelSignature signature() {
    return signature;
  }

  /**
   * Scores rows and keeps nothing; as {@link io.qilin.api.model.Predictor#predict}.
   *
   * @throws QilinException MODEL_MISMATCH if rows or scores are too short; MODEL_OUTPUT if the model fails
   */
  public void score(double[] rows, int count, double[] scores) {
    lock.lock();
    try {
      Scoring.predict(serving, rows, count, scores);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Scores samples and keeps them until their labels come: all of them or none. A sample that was offered before is not kept
   * twice; its score is the one of then.
   *
   * @param samples at most 10,000
   * @return one score a sample
   * @throws QilinException MODEL_MISMATCH for another number of features; MODEL_OUTPUT if a score is not finite; CONFLICT if a
   *     sample of that id has other features; INVALID_ARGUMENT if it is so old that it may have been forgotten, or is from the
   *     future; LIMIT_EXCEEDED for too many, or if the buffer is full of samples that wait
   */
  public double[] offer(List<Sample> samples) {
    List<Sample> batch = List.copyOf(samples);
    requireFew(batch.size());
    double[] rows = Scoring.rows(batch, signature.width());
    lock.lock();
    try {
      double[] fresh = Scoring.scored(serving, rows, batch.size());
      double[] beside = new double[batch.size()];
      IncrementalModel other = shadow;
      if (other == null) {
        Arrays.fill(beside, Double.NaN);
      } else {
        beside = Scoring.scored(other, rows, batch.size());
      }
      double[] besideScores = beside;
      return step((connection, next) ->
          intake.keep(connection, next, batch, fresh, besideScores, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives labels: all of them or none. A label that was given before is passed over.
   *
   * @param labels at most 10,000
   * @return how many were new
   * @throws QilinException INVALID_ARGUMENT if a label is not to be used yet, or is not later than its sample, or comes after
   *     its sample was given up; DATA_NOT_FOUND if there is no such sample; CONFLICT if the sample has another label;
   *     LIMIT_EXCEEDED for too many
   */
  public int label(List<MaturedLabel> labels) {
    List<MaturedLabel> batch = List.copyOf(labels);
    requireFew(batch.size());
    lock.lock();
    try {
      double[] told =
          step((connection, next) -> intake.label(connection, next, batch, clock.instant()));
      for (double loss : told) {
        tell(loss);
      }
      return told.length;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up samples that still wait for their label, for example of shares that are no longer traded.
   *
   * @param before those that were offered for an earlier moment
   * @return how many
   */
  public int giveUp(Instant before) {
    Objects.requireNonNull(before, "before");
    lock.lock();
    try {
      return step((connection, next) -> {
        List<String> old = Samples.waiting(connection, name).stream()
            .filter(known -> known.at().isBefore(before))
            .map(Samples.Known::id)
            .toList();
        Samples.use(connection, name, old);
        next.dropped += old.size();
        Samples.forget(connection, next, settings.capacity());
        return old.size();
      });
    } finally {
      lock.unlock();
    }
  }

  /**
   * Learns, if enough labels have come since the last try, there are enough in the buffer, and the interval is over.
   *
   * @return what came of it; empty if it is not time
   */
  public Optional<OnlineUpdate> update() {
    updating.lock();
    try {
      Samples.Batch batch;
      IncrementalModel base;
      Instant now = clock.instant();
      lock.lock();
      try {
        if (!due(now)) {
          return Optional.empty();
        }
        long matured = database.read(connection -> Samples.count(connection, name, "MATURED"));
        if (matured < settings.leastSamples()) {
          return Optional.empty();
        }
        batch = database.read(connection -> Samples.matured(connection, name, signature.width()));
        IncrementalModel beside = shadow;
        base = (settings.shadow() && beside != null ? beside : serving).copy();
      } finally {
        lock.unlock();
      }
      Candidate candidate = Candidate.learn(base, batch, signature.width(), settings);
      lock.lock();
      try {
        return Optional.of(settled(candidate, batch, now));
      } finally {
        lock.unlock();
      }
    } finally {
      updating.unlock();
    }
  }

  /**
   * Lets the shadow serve.
   *
   * @return the version that serves now
   * @throws QilinException INVALID_ARGUMENT if there is no shadow
   */
  public long promoteShadow() {
    lock.lock();
    try {
      IncrementalModel beside = shadow;
      if (beside == null) {
        throw QilinException.invalid("the learner " + name + " has no shadow");
      }
      long version = step((connection, next) -> {
        next.servingVersion = Math.max(next.servingVersion, next.shadowVersion) + 1;
        next.shadowVersion = 0;
        Sql.update(
            connection,
            "UPDATE online_learner SET serving = shadow, shadow = NULL WHERE name = ?",
            name);
        return next.servingVersion;
      });
      serving = beside;
      shadow = null;
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Where it stands. */
  public OnlineStatus status() {
    lock.lock();
    try {
      LearnerState now = state;
      return database.read(connection -> new OnlineStatus(
          Samples.count(connection, name, "WAITING"),
          Samples.count(connection, name, "MATURED"),
          now.dropped,
          now.scored,
          now.scored == 0 ? Double.NaN : now.loss / now.scored,
          now.scored == 0
              ? Double.NaN
              : now.faded / (1 - StrictMath.pow(settings.fading(), (double) now.scored)),
          now.servingVersion,
          now.shadowVersion,
          now.shadowScored,
          now.shadowScored == 0 ? Double.NaN : now.shadowLoss / now.shadowScored,
          now.shadowScored == 0 ? Double.NaN : now.besideLoss / now.shadowScored));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The last tries to learn, newest first.
   *
   * @param limit 1 to 10,000
   * @throws QilinException INVALID_ARGUMENT for another limit
   */
  public List<OnlineUpdate> updates(int limit) {
    if (limit < 1 || limit > MAX_UPDATES) {
      throw QilinException.invalid("1 to " + MAX_UPDATES + " updates can be had, was " + limit);
    }
    return database.read(connection -> UpdateLog.newest(connection, name, limit));
  }

  /** All that the serving model knows, as {@link IncrementalModel#state}. */
  public byte[] servingState() {
    lock.lock();
    try {
      return serving.state();
    } finally {
      lock.unlock();
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run(Connection connection, LearnerState next) throws SQLException;
  }

  private <T> T step(Step<T> work) {
    LearnerState[] written = new LearnerState[1];
    T result = database.write(connection -> {
      LearnerState next = state.copy();
      T made = work.run(connection, next);
      next.save(connection);
      written[0] = next;
      return made;
    });
    state = written[0];
    return result;
  }

  private boolean due(Instant now) {
    Instant updated = state.updated;
    boolean waited =
        updated == null || Duration.between(updated, now).compareTo(settings.interval()) >= 0;
    return state.fresh >= settings.updateEvery() && waited;
  }

  private OnlineUpdate settled(Candidate candidate, Samples.Batch batch, Instant now) {
    IncrementalModel learnt = candidate.model();
    boolean passed = learnt != null;
    boolean beside = passed && settings.shadow();
    OnlineUpdate update = step((connection, next) -> {
      next.fresh = 0;
      next.updated = now;
      long version = 0;
      if (learnt != null) {
        version = Math.max(next.servingVersion, next.shadowVersion) + 1;
        String known = Row.state(learnt.state());
        if (beside) {
          next.shadowVersion = version;
          Sql.update(
              connection, "UPDATE online_learner SET shadow = ? WHERE name = ?", known, name);
        } else {
          next.servingVersion = version;
          Sql.update(
              connection, "UPDATE online_learner SET serving = ? WHERE name = ?", known, name);
        }
        Samples.use(connection, name, batch.ids().subList(0, candidate.trained()));
        Samples.forget(connection, next, settings.capacity());
      }
      return UpdateLog.append(connection, name, candidate, batch, now, beside, version);
    });
    if (beside) {
      shadow = learnt;
    } else if (learnt != null) {
      serving = learnt;
    }
    return update;
  }

  private void tell(double loss) {
    try {
      losses.accept(loss);
    } catch (RuntimeException e) {
      LOG.warn("what listens to the losses of the learner {} failed", name, e);
    }
  }

  private static void requireFew(int size) {
    if (size > MAX_BATCH) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a batch has at most " + MAX_BATCH + ", has " + size);
    }
  }
}
