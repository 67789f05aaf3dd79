package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The windows of records that are all there: a plain loop over sessions, windows and records, by the words of WindowSpec. */
final class BatchWindows {
  private static final Comparator<Tick> IN_TIME = Comparator.comparing(Tick::eventTime)
      .thenComparing(Tick::sequence)
      .thenComparing(Tick::price);

  private BatchWindows() {}

  /** Windows without their anomalies. */
  static List<ClosedWindow> of(
      List<Tick> ticks, List<StreamSession> sessions, WindowSpec spec, Instant midnight) {
    List<ClosedWindow> windows = new ArrayList<>();
    long panes = spec.size().dividedBy(spec.slide());
    for (int s = 0; s < sessions.size(); s++) {
      StreamSession session = sessions.get(s);
      Instant closed = session.end().plus(spec.grace());
      if (s + 1 < sessions.size() && sessions.get(s + 1).start().isBefore(closed)) {
        closed = sessions.get(s + 1).start();
      }
      if (closed.isAfter(midnight)) {
        closed = midnight;
      }
      for (long number = 0; ; number++) {
        Instant from = session.start().plus(spec.slide().multipliedBy(number - panes + 1));
        Instant to = from.plus(spec.size());
        if (!from.isBefore(session.end())) {
          break;
        }
        Instant start = from.isBefore(session.start()) ? session.start() : from;
        Instant end = to.isAfter(session.end()) ? session.end() : to;
        Instant reach = to.isBefore(session.end()) ? to : closed;
        Map<Symbol, List<Tick>> byKey = new TreeMap<>();
        for (Tick tick : ticks) {
          if (!tick.eventTime().isBefore(start) && tick.eventTime().isBefore(reach)) {
            byKey.computeIfAbsent(tick.of(), symbol -> new ArrayList<>()).add(tick);
          }
        }
        if (!byKey.isEmpty()) {
          boolean cut = Duration.between(start, end).compareTo(spec.size()) < 0;
          windows.add(new ClosedWindow(
              session.phase(),
              session.start(),
              number,
              start,
              end,
              cut,
              byKey.entrySet().stream()
                  .map(e -> aggregate(e.getKey(), e.getValue()))
                  .toList(),
              List.of()));
        }
      }
    }
    return windows;
  }

  private static WindowAggregate aggregate(Symbol symbol, List<Tick> unsorted) {
    List<Tick> ticks = new ArrayList<>(unsorted);
    ticks.sort(IN_TIME);
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal amount = BigDecimal.ZERO;
    boolean known = true;
    for (Tick tick : ticks) {
      volume = volume.add(units(tick.volume(), PaneCells.VOLUME_UNITS));
      if (Double.isNaN(tick.amount())) {
        known = false;
      } else {
        amount = amount.add(units(tick.amount(), PaneCells.AMOUNT_UNITS));
      }
    }
    return new WindowAggregate(
        symbol,
        ticks.size(),
        ticks.get(0).price(),
        ticks.stream().mapToDouble(Tick::price).max().orElseThrow(),
        ticks.stream().mapToDouble(Tick::price).min().orElseThrow(),
        ticks.get(ticks.size() - 1).price(),
        volume.longValueExact() / PaneCells.VOLUME_UNITS,
        known ? amount.longValueExact() / PaneCells.AMOUNT_UNITS : Double.NaN);
  }

  private static BigDecimal units(double value, double units) {
    return new BigDecimal(value * units).setScale(0, RoundingMode.HALF_EVEN);
  }
}
