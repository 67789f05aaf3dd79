package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.ExpressionException;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.core.expression.FactorOperators;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Computes factors and labels over a panel.
 *
 * <p>A value depends on its own instrument's rows (and on those that the expression names), never on which days were asked
 * for, which other expressions were computed with it, or how many threads did it: the same bits every time. A factor's
 * value on a day depends on nothing after that day; an expression that reads the future is refused as a factor.
 *
 * <p>Windows count rows of the instrument's span, traded or not. Values exist on those rows only, elsewhere they are
 * {@code NaN}. Immutable and safe to share.
 */
public final class FactorEngine {
  private static final Executor CALLER = Runnable::run;

  /**
   * Computes on the calling thread, exactly as Qlib, within {@link ExpressionLimits#DEFAULT}, and refuses what the panel
   * does not hold.
   */
  public static final FactorEngine DEFAULT = builder().build();

  private final Executor executor;
  private final ProgressListener progress;
  private final Cancellation cancellation;
  private final MissingData missing;
  private final NumericMode mode;
  private final ExpressionLimits limits;
  private final FactorOperators operators;
  private final Runnable deadline;
  private final double mostNanos;

  private FactorEngine(Builder builder) {
    executor = builder.executor;
    progress = builder.progress;
    cancellation = builder.cancellation;
    missing = builder.missing;
    mode = builder.mode;
    limits = builder.limits;
    operators = builder.operators;
    deadline = builder.deadline;
    mostNanos = builder.mostNanos;
  }

  /** The same, with what a panel lacks as {@code NaN}. */
  FactorEngine lenient() {
    Builder builder = new Builder();
    builder.executor = executor;
    builder.progress = progress;
    builder.cancellation = cancellation;
    builder.missing = MissingData.NAN;
    builder.mode = mode;
    builder.limits = limits;
    builder.operators = operators;
    builder.deadline = deadline;
    builder.mostNanos = mostNanos;
    return builder.build();
  }

  /** Starts from the settings of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Computes the factors on all days of the panel; otherwise as {@link #compute(Panel, FactorSet, LocalDate, LocalDate)}. */
  public FactorTable compute(Panel panel, FactorSet factors) {
    return plan(factors).compute(panel);
  }

  /**
   * Computes the factors on the days from one to another; the days before are read as the expressions need them.
   *
   * @param from first day, a day of the panel
   * @param to last day, a day of the panel
   * @throws ExpressionException for an expression that cannot be read; the message names the factor
   * @throws QilinException LOOK_AHEAD for a factor that reads the future; DATA_NOT_FOUND for a field or an instrument that
   *     the panel lacks; NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE for the days; CANCELLED; TIMEOUT
   */
  public FactorTable compute(Panel panel, FactorSet factors, LocalDate from, LocalDate to) {
    return plan(factors).compute(panel, from, to);
  }

  /**
   * Computes the factors on all days of the panel into a block that is used again and again.
   *
   * @throws QilinException as {@link #compute(Panel, FactorSet, LocalDate, LocalDate)}; INVALID_ARGUMENT if the block is of
   *     other factors or instruments or too small
   */
  public void compute(Panel panel, FactorSet factors, FactorBlock block) {
    plan(factors).compute(panel, block);
  }

  /** Starts a stream of factors; as {@link FactorPlan#stream}. */
  public FactorStream stream(FactorSet factors, List<Symbol> symbols) {
    return plan(factors).stream(symbols);
  }

  /**
   * Reads the expressions and makes them ready to be computed many times.
   *
   * @throws ExpressionException for an expression that cannot be read; the message names the factor
   * @throws QilinException LOOK_AHEAD for a factor that reads the future
   */
  public FactorPlan plan(FactorSet factors) {
    List<Expression> expressions = new ArrayList<>();
    List<String> owners = new ArrayList<>();
    for (Factor factor : factors.factors()) {
      String owner = "factor " + QilinException.quote(factor.name());
      owners.add(owner);
      expressions.add(withoutFuture(owner, parse(owner, factor.expression())));
    }
    return new FactorPlan(this, factors.names(), owners, expressions);
  }

  /** Computes the labels on all days of the panel. */
  public LabelTable labels(Panel panel, List<Label> labels) {
    return labelPlan(labels).labels(panel);
  }

  /**
   * Computes labels on the days from one to another; they may read the future.
   *
   * @throws QilinException as {@link #compute(Panel, FactorSet, LocalDate, LocalDate)}, without LOOK_AHEAD;
   *     INVALID_ARGUMENT if there is no label or a name comes twice
   */
  public LabelTable labels(Panel panel, List<Label> labels, LocalDate from, LocalDate to) {
    return labelPlan(labels).labels(panel, from, to);
  }

  private FactorPlan labelPlan(List<Label> labels) {
    List<String> names = labels.stream().map(Label::name).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw QilinException.invalid(
          "labels need different names, at least one; given were " + names);
    }
    List<Expression> expressions = new ArrayList<>();
    List<String> owners = new ArrayList<>();
    for (Label label : labels) {
      String owner = "label " + QilinException.quote(label.name());
      owners.add(owner);
      expressions.add(parse(owner, label.expression()));
    }
    return new FactorPlan(this, names, owners, expressions);
  }

  private Expression parse(String owner, String text) {
    try {
      return Expression.parse(text, limits, operators);
    } catch (ExpressionException e) {
      throw e.of(owner);
    }
  }

  private static Expression withoutFuture(String owner, Expression expression) {
    if (expression.lookAhead() > 0) {
      throw new QilinException(
          ErrorCode.LOOK_AHEAD,
          owner + " reads " + expression.lookAhead() + " rows of the future in "
              + expression.futureReads().get(0)
              + "; make it a Label if it is to be learnt or judged with, or shift by a positive N");
    }
    return expression;
  }

  NumericMode mode() {
    return mode;
  }

  MissingData missing() {
    return missing;
  }

  Executor executor() {
    return executor;
  }

  boolean isParallel() {
    return executor != CALLER;
  }

  ProgressListener progress() {
    return progress;
  }

  /** Refuses work that would cost more than the limit. */
  void checkCost(double nanos, int instruments, int days) {
    double estimate = nanos * instruments * days;
    if (estimate > mostNanos) {
      throw FactorPlan.tooLarge(
          String.format(
              Locale.ROOT,
              "%d instruments × %d days would take about %.1f s of one thread, the limit is %.1f s",
              instruments,
              days,
              estimate / 1e9,
              mostNanos / 1e9),
          "raise the limit, or compute fewer factors, instruments or days");
    }
  }

  void checkStop() {
    if (Thread.currentThread().isInterrupted()) {
      throw new QilinException(ErrorCode.CANCELLED, "a computing thread was interrupted");
    }
    cancellation.check();
    deadline.run();
  }

  /** Settings of an engine; each method says what holds without it. */
  public static final class Builder {
    private Executor executor = CALLER;
    private ProgressListener progress = ProgressListener.NONE;
    private Cancellation cancellation = new Cancellation();
    private MissingData missing = MissingData.REFUSE;
    private NumericMode mode = NumericMode.QLIB_EXACT;
    private ExpressionLimits limits = ExpressionLimits.DEFAULT;
    private FactorOperators operators = FactorOperators.NONE;
    private Runnable deadline = () -> {};
    private double mostNanos = Double.POSITIVE_INFINITY;

    private Builder() {}

    /** Who helps the calling thread, instrument by instrument; without it the calling thread works alone. */
    public Builder executor(Executor helpers) {
      executor = Objects.requireNonNull(helpers, "helpers");
      return this;
    }

    /** Who hears how many instruments are done; nobody unless set. */
    public Builder progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * What stops the work beside the interruption of a thread that does it; nothing unless set. Heard within about 100 ms,
     * unless an operator of the host needs longer for a row.
     */
    public Builder cancellation(Cancellation stop) {
      cancellation = Objects.requireNonNull(stop, "stop");
      return this;
    }

    /** After which moment the work ends with TIMEOUT; never unless set. Heard within about 100 ms. */
    public Builder deadline(Instant moment, Clock clock) {
      Objects.requireNonNull(moment, "moment");
      Objects.requireNonNull(clock, "clock");
      deadline = () -> {
        if (clock.instant().isAfter(moment)) {
          throw new QilinException(
              ErrorCode.TIMEOUT,
              "the factors were not done by " + moment + "; ask for fewer or allow more time");
        }
      };
      return this;
    }

    /**
     * The most that a computation may cost by its estimate, in time of one thread and with the rows that fill windows; no limit
     * unless set.
     */
    public Builder maxCost(Duration estimate) {
      mostNanos = estimate.toSeconds() * 1e9 + estimate.toNanosPart();
      return this;
    }

    /** What to do with fields and instruments that the panel lacks; REFUSE unless set. */
    public Builder missing(MissingData policy) {
      missing = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Qlib's numbers or better ones; QLIB_EXACT unless set. */
    public Builder mode(NumericMode numbers) {
      mode = Objects.requireNonNull(numbers, "numbers");
      return this;
    }

    /** How large an expression may be; {@link ExpressionLimits#DEFAULT} unless set. */
    public Builder limits(ExpressionLimits largest) {
      limits = Objects.requireNonNull(largest, "largest");
      return this;
    }

    /** Operators beside the built-in ones; none unless set. */
    public Builder operators(FactorOperators custom) {
      operators = Objects.requireNonNull(custom, "custom");
      return this;
    }

    /** The engine. */
    public FactorEngine build() {
      return new FactorEngine(this);
    }
  }
}
