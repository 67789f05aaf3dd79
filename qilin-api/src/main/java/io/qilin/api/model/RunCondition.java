package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** What a run must be to be found. A run that lacks the param, tag or metric is not found, whatever the comparison. */
public sealed interface RunCondition {
  /** Gives what the function of its case gives. */
  <R> R fold(Function<OfMetric, R> metric, Function<OfText, R> text, Function<OfStart, R> start);

  /** How a metric compares with a number. */
  enum Comparison {
    /** More than it. */
    ABOVE,
    /** It or more. */
    AT_LEAST,
    /** Less than it. */
    BELOW,
    /** It or less. */
    AT_MOST,
    /** Just it. */
    EQUAL,
    /** Another number. */
    NOT_EQUAL
  }

  /** Which text of a run is looked at. */
  enum Subject {
    /** The param of the key. */
    PARAM,
    /** The tag of the key. */
    TAG,
    /** The name of its status. */
    STATUS,
    /** The run inside which it runs. */
    PARENT,
    /** Who runs it. */
    OWNER,
    /** Its name. */
    NAME
  }

  /**
   * Compares the last value of a metric; {@code NaN} compares with nothing.
   *
   * @param key of the metric
   * @param comparison how it must compare
   * @param value with what, not {@code NaN}
   */
  record OfMetric(String key, Comparison comparison, double value) implements RunCondition {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public OfMetric {
      TrackingText.key(key);
      Objects.requireNonNull(comparison, "comparison");
      if (Double.isNaN(value)) {
        throw QilinException.invalid(
            "no metric compares with NaN; name a number for " + QilinException.quote(key));
      }
    }

    @Override
    public <R> R fold(
        Function<OfMetric, R> metric, Function<OfText, R> text, Function<OfStart, R> start) {
      return metric.apply(this);
    }
  }

  /**
   * Compares a text, character by character.
   *
   * @param subject which text
   * @param key of the param or tag, else empty
   * @param equal whether it must be the value, or be there and be another
   * @param value at most 65,536 characters
   */
  record OfText(Subject subject, String key, boolean equal, String value) implements RunCondition {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
     */
    public OfText {
      if (subject == Subject.PARAM || subject == Subject.TAG) {
        TrackingText.key(key);
      } else if (!key.isEmpty()) {
        throw QilinException.invalid("only params and tags have keys, not " + subject);
      }
      TrackingText.value(value, "the value to look for");
    }

    @Override
    public <R> R fold(
        Function<OfMetric, R> metric, Function<OfText, R> text, Function<OfStart, R> start) {
      return text.apply(this);
    }
  }

  /**
   * Looks at when it began.
   *
   * @param from at this moment or later
   * @param to before this moment
   */
  record OfStart(Instant from, Instant to) implements RunCondition {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT if a time lies before 1970 or after 9999
     */
    public OfStart {
      from = TrackingText.time(from, "the first moment");
      to = TrackingText.time(to, "the last moment");
    }

    @Override
    public <R> R fold(
        Function<OfMetric, R> metric, Function<OfText, R> text, Function<OfStart, R> start) {
      return start.apply(this);
    }
  }

  /** The last value of the metric compares so. */
  static RunCondition metric(String key, Comparison comparison, double value) {
    return new OfMetric(key, comparison, value);
  }

  /** The param has the value. */
  static RunCondition param(String key, String value) {
    return new OfText(Subject.PARAM, key, true, value);
  }

  /** The tag has the value. */
  static RunCondition tag(String key, String value) {
    return new OfText(Subject.TAG, key, true, value);
  }

  /** It has come so far. */
  static RunCondition status(RunStatus status) {
    return new OfText(Subject.STATUS, "", true, status.name());
  }

  /** It runs inside the run. */
  static RunCondition parent(String run) {
    return new OfText(Subject.PARENT, "", true, run);
  }

  /** It is run by the owner. */
  static RunCondition owner(String owner) {
    return new OfText(Subject.OWNER, "", true, owner);
  }

  /** It has the name. */
  static RunCondition name(String name) {
    return new OfText(Subject.NAME, "", true, name);
  }

  /** It began at the one moment or later, and before the other. */
  static RunCondition started(Instant from, Instant to) {
    return new OfStart(from, to);
  }
}
