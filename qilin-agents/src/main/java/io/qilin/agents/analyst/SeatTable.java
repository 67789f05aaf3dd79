package io.qilin.agents.analyst;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Known seats by their exact alias and day. Immutable. */
final class SeatTable {
  private final List<KnownSeat> seats;
  private final Map<String, List<KnownSeat>> byAlias = new HashMap<>();

  SeatTable(Collection<KnownSeat> seats) {
    this.seats = seats.stream()
        .sorted(Comparator.comparing(KnownSeat::name).thenComparing(KnownSeat::from))
        .toList();
    for (KnownSeat seat : this.seats) {
      for (String alias : seat.aliases()) {
        List<KnownSeat> known = byAlias.computeIfAbsent(alias, a -> new ArrayList<>());
        for (KnownSeat other : known) {
          if (other.holdsOn(seat.from()) || seat.holdsOn(other.from())) {
            throw new QilinException(
                ErrorCode.DATA_CONFLICT,
                "the seat " + QilinException.quote(alias) + " is known as "
                    + QilinException.quote(other.name()) + " and as "
                    + QilinException.quote(seat.name()) + " on the same day; end one of them");
          }
        }
        known.add(seat);
      }
    }
  }

  boolean isEmpty() {
    return seats.isEmpty();
  }

  /** Whose seat it is on a day; names are compared whole, never by fragments. */
  Optional<KnownSeat> find(Seat seat, LocalDate day) {
    Optional<KnownSeat> byCode = find(seat.id(), day);
    return byCode.isPresent() ? byCode : find(seat.name(), day);
  }

  private Optional<KnownSeat> find(String alias, LocalDate day) {
    for (KnownSeat seat : byAlias.getOrDefault(alias, List.of())) {
      if (seat.holdsOn(day)) {
        return Optional.of(seat);
      }
    }
    return Optional.empty();
  }

  /** SHA-256 of what the table says of days up to one. */
  String fingerprint(LocalDate day) {
    Fingerprint print = new Fingerprint();
    for (KnownSeat seat : seats) {
      if (!seat.from().isAfter(day)) {
        print.add(seat.name()).add(seat.kind().name()).add(seat.from().toEpochDay());
        print.add(seat.to()
            .filter(end -> end.isBefore(day))
            .map(LocalDate::toEpochDay)
            .orElse(Long.MAX_VALUE)
            .longValue());
        print.add((long) seat.aliases().size());
        seat.aliases().forEach(print::add);
      }
    }
    return print.hex();
  }
}
