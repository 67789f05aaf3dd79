package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops all trading at once. Anything may turn it on; only a person turns it off.
 *
 * <p>Thread-safe: the state is one atomic reference; an order that is checked after {@link #trip}
 * has returned is rejected.
 */
public final class KillSwitch {
  private final AtomicReference<@Nullable String> tripped = new AtomicReference<>();

  /**
   * Turns the switch on. If it is on already, the first reason stays.
   *
   * @param reason why, one line
   * @throws QilinException INVALID_ARGUMENT if the reason is blank
   */
  public void trip(String reason) {
    tripped.compareAndSet(null, text("reason", reason));
  }

  /**
   * Turns the switch off, by hand.
   *
   * @param person who takes the responsibility
   * @return why the switch had been on; empty if it was off
   * @throws QilinException INVALID_ARGUMENT if the person is blank
   */
  public Optional<String> reset(String person) {
    text("person", person);
    return Optional.ofNullable(tripped.getAndSet(null));
  }

  /** Why the switch is on; empty if it is off. */
  public Optional<String> reason() {
    return Optional.ofNullable(tripped.get());
  }

  private static String text(String name, String value) {
    Objects.requireNonNull(value, name);
    if (value.isBlank()) {
      throw QilinException.invalid("a kill switch needs a " + name + ", was blank");
    }
    return value;
  }
}
