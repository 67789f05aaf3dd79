package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is after a failure, one case for each {@link Degradation}. None of them can be taken for a good answer: the type says
 * which it is, and the printed form begins with it.
 *
 * @param <T> what was asked for
 */
public sealed interface StandIn<T> {
  /** What failed. */
  ErrorCode code();

  /** The answer to each case. */
  <R> R fold(Cases<T, R> cases);

  /** A value that may be used with care: of a stale copy, or by rules; empty in every other case. */
  default Optional<T> value() {
    return Optional.empty();
  }

  /**
   * What to make of each case; a new case is a new method, so that the compiler finds everybody who decides.
   *
   * @param <T> what was asked for
   * @param <R> what is made of it
   */
  interface Cases<T, R> {
    /** {@link Degradation#CACHED_DATA} with a copy. */
    R stale(StaleCopy<T> stale);

    /** {@link Degradation#ABSTAIN}. */
    R abstained(Abstained<T> abstained);

    /** {@link Degradation#RULES}. */
    R byRules(ByRules<T> byRules);

    /** {@link Degradation#MANUAL_INTERVENTION}. */
    R putAside(PutAside<T> putAside);

    /** {@link Degradation#STOP_TRADING}. */
    R stopped(Stopped<T> stopped);

    /** {@link Degradation#REFUSE}. */
    R refused(Refused<T> refused);

    /** {@link Degradation#NONE}, and every case in which nothing is there to stand in. */
    R reported(Reported<T> reported);
  }

  /**
   * The last good answer.
   *
   * @param code what failed
   * @param answer the answer
   * @param source who gave it
   * @param age how long ago, at least zero
   */
  record StaleCopy<T>(ErrorCode code, T answer, String source, Duration age) implements StandIn<T> {
    /** Checks that the parts are there. */
    public StaleCopy {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(answer, "answer");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(age, "age");
    }

    @Override
    public Optional<T> value() {
      return Optional.of(answer);
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.stale(this);
    }

    @Override
    public String toString() {
      return "DEGRADED (stale copy of " + source + ", " + age + " old, after " + code + "): "
          + answer;
    }
  }

  /**
   * No opinion.
   *
   * @param code what failed
   * @param reason what happened, one line
   */
  record Abstained<T>(ErrorCode code, String reason) implements StandIn<T> {
    /** Checks that the parts are there. */
    public Abstained {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.abstained(this);
    }

    @Override
    public String toString() {
      return "ABSTAINED (after " + code + "): " + reason;
    }
  }

  /**
   * The result by rules, where a language model was to be asked.
   *
   * @param code what failed
   * @param answer the result
   */
  record ByRules<T>(ErrorCode code, T answer) implements StandIn<T> {
    /** Checks that the parts are there. */
    public ByRules {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(answer, "answer");
    }

    @Override
    public Optional<T> value() {
      return Optional.of(answer);
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.byRules(this);
    }

    @Override
    public String toString() {
      return "DEGRADED (by rules, after " + code + "): " + answer;
    }
  }

  /**
   * An order waits for a person.
   *
   * @param code what failed
   * @param item what the person will see
   */
  record PutAside<T>(ErrorCode code, ManualCase item) implements StandIn<T> {
    /** Checks that the parts are there. */
    public PutAside {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(item, "item");
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.putAside(this);
    }

    @Override
    public String toString() {
      return "WAITS FOR A PERSON (after " + code + "): " + item.subject();
    }
  }

  /**
   * No more orders may be sent.
   *
   * @param code what failed
   * @param reason why, one line
   */
  record Stopped<T>(ErrorCode code, String reason) implements StandIn<T> {
    /** Checks that the parts are there. */
    public Stopped {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.stopped(this);
    }

    @Override
    public String toString() {
      return "TRADING STOPPED (after " + code + "): " + reason;
    }
  }

  /**
   * The call is refused; why, only the log says.
   *
   * @param code what failed
   */
  record Refused<T>(ErrorCode code) implements StandIn<T> {
    /** Checks that the code is there. */
    public Refused {
      Objects.requireNonNull(code, "code");
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.refused(this);
    }

    @Override
    public String toString() {
      return "REFUSED (after " + code + ")";
    }
  }

  /**
   * Nothing stands in.
   *
   * @param error the failure
   */
  record Reported<T>(QilinException error) implements StandIn<T> {
    /** Checks that the error is there. */
    public Reported {
      Objects.requireNonNull(error, "error");
    }

    @Override
    public ErrorCode code() {
      return error.code();
    }

    @Override
    public <R> R fold(Cases<T, R> cases) {
      return cases.reported(this);
    }

    @Override
    public String toString() {
      return "FAILED (" + error.code() + "): " + error.getMessage();
    }
  }
}
