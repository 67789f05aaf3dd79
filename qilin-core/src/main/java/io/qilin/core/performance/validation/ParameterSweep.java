package io.qilin.core.performance.validation;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import io.qilin.core.internal.ParallelWork;
import io.qilin.core.performance.ReturnSeries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tries a strategy under many parameters and counts every trial, so that the best one can be judged as the best of many.
 * The result is the same for any number of threads. Immutable; safe to share if the experiment is.
 *
 * <p>A trial that throws has failed: it is kept with its reason and counts. What stops the sweep instead is a cancellation,
 * and an {@link Error}.
 *
 * @param <P> what is varied
 */
public final class ParameterSweep<P> {
  private final List<P> parameters;
  private final Experiment<P> experiment;
  private final int earlierTrials;
  private final Executor executor;
  private final ProgressListener progress;
  private final Cancellation cancellation;

  private ParameterSweep(Builder<P> builder) {
    parameters = builder.parameters;
    experiment = builder.experiment;
    earlierTrials = builder.earlierTrials;
    executor = builder.executor;
    progress = builder.progress;
    cancellation = builder.cancellation;
  }

  /**
   * Starts a sweep.
   *
   * @param parameters what is tried, at least one; numbers of trials are places in this list
   * @param experiment runs one of them
   * @throws QilinException INVALID_ARGUMENT without any parameters
   */
  public static <P> Builder<P> builder(List<P> parameters, Experiment<P> experiment) {
    return new Builder<>(parameters, experiment);
  }

  /**
   * Runs every trial.
   *
   * @throws QilinException CANCELLED if it was cancelled or the calling thread interrupted; RESOURCE_EXHAUSTED if the
   *     executor refuses
   */
  public SweepResult<P> run() {
    cancellation.check();
    AtomicReferenceArray<Trial<P>> done = new AtomicReferenceArray<>(parameters.size());
    AtomicInteger count = new AtomicInteger();
    ParallelWork.run(parameters.size(), executor, number -> {
      cancellation.check();
      done.set(number, trial(number));
      progress.progress(count.incrementAndGet(), parameters.size());
    });
    List<Trial<P>> trials = new ArrayList<>();
    for (int number = 0; number < parameters.size(); number++) {
      trials.add(done.get(number));
    }
    return new SweepResult<>(Collections.unmodifiableList(trials), earlierTrials);
  }

  private Trial<P> trial(int number) {
    P tried = parameters.get(number);
    try {
      ReturnSeries returns = experiment.run(tried, cancellation);
      return new Trial<>(number, tried, Optional.of(returns), Optional.empty());
    } catch (RuntimeException failure) {
      if (failure instanceof QilinException e && e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return new Trial<>(number, tried, Optional.empty(), Optional.of(failure));
    }
  }

  /**
   * Collects settings. Not thread-safe.
   *
   * @param <P> what is varied
   */
  public static final class Builder<P> {
    private final List<P> parameters;
    private final Experiment<P> experiment;
    private int earlierTrials;
    private Executor executor = Runnable::run;
    private ProgressListener progress = ProgressListener.NONE;
    private Cancellation cancellation = new Cancellation();

    private Builder(List<P> parameters, Experiment<P> experiment) {
      this.parameters = List.copyOf(parameters);
      this.experiment = Objects.requireNonNull(experiment, "experiment");
      if (this.parameters.isEmpty()) {
        throw QilinException.invalid("a sweep tries at least one set of parameters");
      }
    }

    /**
     * How many trials were run before, in other sweeps for the same purpose; 0 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder<P> earlierTrials(int count) {
      if (count < 0) {
        throw QilinException.invalid("earlier trials are 0 or more, was " + count);
      }
      earlierTrials = count;
      return this;
    }

    /** Who helps the calling thread, trial by trial; without it the calling thread works alone. */
    public Builder<P> executor(Executor helpers) {
      executor = Objects.requireNonNull(helpers, "helpers");
      return this;
    }

    /** Who hears how many trials are done; nobody unless set. */
    public Builder<P> progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** What stops the work; nothing unless set. Heard before every trial, and by experiments that check it. */
    public Builder<P> cancellation(Cancellation stop) {
      cancellation = Objects.requireNonNull(stop, "stop");
      return this;
    }

    /** The sweep. */
    public ParameterSweep<P> build() {
      return new ParameterSweep<>(this);
    }
  }
}
