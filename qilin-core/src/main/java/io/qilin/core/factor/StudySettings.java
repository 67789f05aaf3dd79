package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** How factors are studied. Immutable; each method of the builder says what holds without it. */
public final class StudySettings {
  /** One horizon of a day, five groups, nothing else given, on the calling thread. */
  public static final StudySettings DEFAULT = builder().build();

  private final List<Horizon> horizons;
  private final int groups;
  private final OptionalInt lag;
  private final OptionalInt trials;
  private final Optional<Tradability> tradability;
  private final Optional<Grouping> grouping;
  private final Optional<Panel> bars;
  private final long memory;
  private final Executor executor;
  private final ProgressListener progress;
  private final Cancellation cancellation;

  private StudySettings(Builder builder) {
    horizons = builder.horizons;
    groups = builder.groups;
    lag = builder.lag;
    trials = builder.trials;
    tradability = builder.tradability;
    grouping = builder.grouping;
    bars = builder.bars;
    memory = builder.memory;
    executor = builder.executor;
    progress = builder.progress;
    cancellation = builder.cancellation;
  }

  /** Starts from the settings of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The settings as a builder, to change some. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.horizons = horizons;
    builder.groups = groups;
    builder.lag = lag;
    builder.trials = trials;
    builder.tradability = tradability;
    builder.grouping = grouping;
    builder.bars = bars;
    builder.memory = memory;
    builder.executor = executor;
    builder.progress = progress;
    builder.cancellation = cancellation;
    return builder;
  }

  /** What factors are judged by; the first is the main one. */
  public List<Horizon> horizons() {
    return horizons;
  }

  /** How many groups by factor. */
  public int groups() {
    return groups;
  }

  /** The lag of the Newey–West error, if it was given. */
  public OptionalInt lag() {
    return lag;
  }

  /** How many factors were tried in all, if it was given. */
  public OptionalInt trials() {
    return trials;
  }

  /** Which shares could be bought, if known. */
  public Optional<Tradability> tradability() {
    return tradability;
  }

  /** Groups for the neutral view, if known. */
  public Optional<Grouping> grouping() {
    return grouping;
  }

  /** The bars that the factors come from, if given. */
  public Optional<Panel> bars() {
    return bars;
  }

  long memory() {
    return memory;
  }

  Executor executor() {
    return executor;
  }

  ProgressListener progress() {
    return progress;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private List<Horizon> horizons = List.of(Horizon.ofDays(1));
    private int groups = 5;
    private OptionalInt lag = OptionalInt.empty();
    private OptionalInt trials = OptionalInt.empty();
    private Optional<Tradability> tradability = Optional.empty();
    private Optional<Grouping> grouping = Optional.empty();
    private Optional<Panel> bars = Optional.empty();
    private long memory = 256L << 20;
    private Executor executor = Runnable::run;
    private ProgressListener progress = ProgressListener.NONE;
    private Cancellation cancellation = new Cancellation();

    private Builder() {}

    /** Horizons in trading days, as {@link Horizon#ofDays}; the first is the main one. One day unless set. */
    public Builder horizons(int... days) {
      return horizons(IntStream.of(days).mapToObj(Horizon::ofDays).toList());
    }

    /**
     * Horizons with labels of the caller's own; the first is the main one.
     *
     * @throws QilinException INVALID_ARGUMENT unless there are 1 to 32 of different days, with labels of different names
     */
    public Builder horizons(List<Horizon> own) {
      long names =
          own.stream().map(horizon -> horizon.label().name()).distinct().count();
      long days = own.stream().map(Horizon::days).distinct().count();
      if (own.isEmpty() || own.size() > 32 || names < own.size() || days < own.size()) {
        throw QilinException.invalid(
            "a study has 1 to 32 horizons of different days, with labels of different names, got "
                + own);
      }
      horizons = List.copyOf(own);
      return this;
    }

    /**
     * Groups by factor; 5 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless 2 to 100
     */
    public Builder groups(int count) {
      if (count < 2 || count > 100) {
        throw QilinException.invalid("a study has 2 to 100 groups, was " + count);
      }
      groups = count;
      return this;
    }

    /**
     * The lag of the Newey–West error; {@link MeanTest#lag} unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder lag(int days) {
      if (days < 0) {
        throw QilinException.invalid("a lag is a number of days, 0 or more, was " + days);
      }
      lag = OptionalInt.of(days);
      return this;
    }

    /**
     * How many factors were tried until these were left, these included; as many as are studied unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if less than 1
     */
    public Builder trials(int count) {
      if (count < 1) {
        throw QilinException.invalid("trials are 1 or more, was " + count);
      }
      trials = OptionalInt.of(count);
      return this;
    }

    /** Which shares could be bought; without it the buyable top group is not measured. */
    public Builder tradability(Tradability which) {
      tradability = Optional.of(which);
      return this;
    }

    /** Groups, for example industries; without them there is no neutral view. */
    public Builder grouping(Grouping groupOf) {
      grouping = Optional.of(groupOf);
      return this;
    }

    /** The bars that the factors come from: they tell the instruments' spans, and the report bears their fingerprint. */
    public Builder bars(Panel panel) {
      bars = Optional.of(panel);
      return this;
    }

    /**
     * About how many bytes of factor values may be held at a time when factors are computed for the study; 256 MiB unless
     * set. At least one day of all factors is held. The results do not depend on it.
     *
     * @throws QilinException INVALID_ARGUMENT if less than 1
     */
    public Builder memory(long bytes) {
      if (bytes < 1) {
        throw QilinException.invalid("memory is a positive number of bytes, was " + bytes);
      }
      memory = bytes;
      return this;
    }

    /** Who helps the calling thread, factor by factor; without it the calling thread works alone. */
    public Builder executor(Executor helpers) {
      executor = Objects.requireNonNull(helpers, "helpers");
      return this;
    }

    /** Who hears how many days are done; nobody unless set. */
    public Builder progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** What stops the work; nothing unless set. Heard after every day. */
    public Builder cancellation(Cancellation stop) {
      cancellation = Objects.requireNonNull(stop, "stop");
      return this;
    }

    /** The settings. */
    public StudySettings build() {
      return new StudySettings(this);
    }
  }
}
