package io.qilin.agents.analyst;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A seat of the Dragon-Tiger list that somebody knows by name (知名游资席位): an opinion that held for
 * some time. How well it did is not part of it; that is counted from the lists themselves.
 *
 * @param name who is meant
 * @param aliases names or codes of seats exactly as the lists print them; at least one
 * @param kind what kind of trader
 * @param from first day on which the table says so
 * @param to last day, empty while it lasts
 */
public record KnownSeat(
    String name, Set<String> aliases, Kind kind, LocalDate from, Optional<LocalDate> to) {
  /** What kind of trader uses a seat. */
  public enum Kind {
    /** Short-term money of its own (游资). */
    HOT_MONEY,
    /** Many small investors behind one internet branch (散户). */
    RETAIL
  }

  /**
   * Copies the aliases and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty name, no alias or an empty one, or an end
   *     before the beginning
   */
  public KnownSeat {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    aliases = Collections.unmodifiableSet(new TreeSet<>(aliases));
    if (name.isBlank() || aliases.isEmpty() || aliases.stream().anyMatch(String::isBlank)) {
      throw QilinException.invalid(
          "a known seat has a name and at least one alias, none blank; was "
              + QilinException.quote(name) + " with " + aliases.size() + " aliases");
    }
    if (to.isPresent() && to.get().isBefore(from)) {
      throw QilinException.invalid("the known seat " + QilinException.quote(name) + " ends on "
          + to.get() + ", before it begins on " + from);
    }
  }

  /** Whether the table says so on a day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (to.isEmpty() || !day.isAfter(to.get()));
  }
}
