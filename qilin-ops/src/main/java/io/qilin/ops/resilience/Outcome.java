package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What became of a call. The printed form says how it was answered, and never what: an answer may be large, or secret.
 *
 * @param <T> what was asked for
 */
public sealed interface Outcome<T> {
  /** The answer to each case. */
  <R> R fold(
      Function<Answered<T>, R> answered,
      Function<Degraded<T>, R> degraded,
      Function<Failed<T>, R> failed);

  /**
   * The answer, degraded or not.
   *
   * @throws QilinException if there is none
   */
  T orThrow();

  /** The failures on the way, in their order. */
  List<CallFailure> failures();

  /** Whether something else than the dependency answered. */
  default boolean degraded() {
    return false;
  }

  /**
   * The dependency answered.
   *
   * @param value the answer
   * @param origin by which attempt
   * @param failures the failures before it
   */
  record Answered<T>(T value, Origin origin, List<CallFailure> failures) implements Outcome<T> {
    /** Checks the parts and copies the list. */
    public Answered {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
      failures = List.copyOf(failures);
    }

    @Override
    public <R> R fold(
        Function<Answered<T>, R> answered,
        Function<Degraded<T>, R> degraded,
        Function<Failed<T>, R> failed) {
      return answered.apply(this);
    }

    @Override
    public T orThrow() {
      return value;
    }

    @Override
    public String toString() {
      return "answered by " + origin + met(failures);
    }
  }

  /**
   * The dependency did not answer; something stood in.
   *
   * @param value the answer
   * @param origin which fallback, and how old a copy is
   * @param failures why
   */
  record Degraded<T>(T value, Origin origin, List<CallFailure> failures) implements Outcome<T> {
    /** Checks the parts and copies the list. */
    public Degraded {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
      failures = List.copyOf(failures);
    }

    @Override
    public <R> R fold(
        Function<Answered<T>, R> answered,
        Function<Degraded<T>, R> degraded,
        Function<Failed<T>, R> failed) {
      return degraded.apply(this);
    }

    @Override
    public T orThrow() {
      return value;
    }

    @Override
    public boolean degraded() {
      return true;
    }

    @Override
    public String toString() {
      return "DEGRADED: answered by " + origin + met(failures);
    }
  }

  /**
   * Nothing answered.
   *
   * @param error why: the last failure of the dependency itself, or what kept the call from it
   * @param failures all failures, also of fallbacks
   */
  record Failed<T>(QilinException error, List<CallFailure> failures) implements Outcome<T> {
    /** Checks the parts and copies the list. */
    public Failed {
      Objects.requireNonNull(error, "error");
      failures = List.copyOf(failures);
    }

    @Override
    public <R> R fold(
        Function<Answered<T>, R> answered,
        Function<Degraded<T>, R> degraded,
        Function<Failed<T>, R> failed) {
      return failed.apply(this);
    }

    @Override
    public T orThrow() {
      throw error;
    }

    @Override
    public String toString() {
      return "FAILED with " + error.code() + met(failures);
    }
  }

  private static String met(List<CallFailure> failures) {
    return failures.isEmpty() ? "" : "; met " + failures;
  }
}
