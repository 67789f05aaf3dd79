package io.qilin.ops.reload;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What became of a changed configuration. Immutable; {@code toString} shows no value of the configuration.
 *
 * @param <T> the host's own type
 */
public sealed interface ConfigEvent<T> {
  /** How many earlier events this one stands for, because the listener was too slow; 0 as a rule. */
  long skipped();

  /** Handles each case. */
  <R> R fold(Function<Changed<T>, R> changed, Function<Refused<T>, R> refused);

  /**
   * Another configuration is in use.
   *
   * @param version of the new one
   * @param changes what differs, secrets masked; empty where only a secret changed that is kept elsewhere
   * @param before the old one; where events were skipped, the oldest of theirs
   * @param after the new one
   * @param skipped how many earlier events this one stands for
   * @param <T> the host's own type
   */
  record Changed<T>(
      long version,
      List<ConfigChange> changes,
      ConfigSnapshot<T> before,
      ConfigSnapshot<T> after,
      long skipped)
      implements ConfigEvent<T> {
    /** Checks and copies. */
    public Changed {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
      changes = List.copyOf(changes);
      notNegative(skipped);
    }

    static <T> Changed<T> of(ConfigSnapshot<T> before, ConfigSnapshot<T> after, long skipped) {
      return new Changed<>(
          after.version(), before.tree().diff(after.tree()), before, after, skipped);
    }

    @Override
    public <R> R fold(Function<Changed<T>, R> changed, Function<Refused<T>, R> refused) {
      return changed.apply(this);
    }

    /** For example {@code Changed[version 3, 2 changes, skipped 0]}. */
    @Override
    public String toString() {
      return "Changed[version " + version + ", " + changes.size() + " changes, skipped " + skipped
          + "]";
    }
  }

  /**
   * What the files hold is not acceptable, and the configuration stays as it was.
   *
   * @param reason one line for an operator, without secrets
   * @param version of the configuration that stays
   * @param at when it was refused, by the host's clock
   * @param skipped how many earlier events this one stands for
   * @param <T> the host's own type
   */
  record Refused<T>(String reason, long version, Instant at, long skipped)
      implements ConfigEvent<T> {
    /** Checks. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(at, "at");
      notNegative(skipped);
    }

    @Override
    public <R> R fold(Function<Changed<T>, R> changed, Function<Refused<T>, R> refused) {
      return refused.apply(this);
    }
  }

  private static void notNegative(long skipped) {
    if (skipped < 0) {
      throw QilinException.invalid("skipped is not negative, was " + skipped);
    }
  }
}
