package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The money flow of one share on its last trading days, newest first, without the days on which it
 * closed locked at a limit: there all trades hit the waiting orders, and the sign says nothing. A
 * day without a usable record is {@code NaN}.
 */
final class FlowDays {
  /** The day and the 60 before it. */
  static final int MOST = 61;

  /** Days of the price's return. */
  static final int MOMENTUM = 10;

  private static final double NEAR = 0.01;
  private static final double MOST_OF_AMOUNT = 1.05;
  private static final double LEAST_OF_AMOUNT = 0.001;
  /** No limit is narrower than 5 %, rounded to the tick: from 1 yuan on, and below. */
  private static final double SURE_MOVE = 0.04;

  private static final double LOW_PRICED = 0.02;

  private final double[] main = new double[MOST];
  private final double[] ratio = new double[MOST];
  private final List<String> flags = new ArrayList<>(2);
  private final List<String> warnings = new ArrayList<>(2);
  private int size;
  private boolean today;
  private double superLargeRatio = Double.NaN;
  private double northbound = Double.NaN;
  private double momentum = Double.NaN;

  private FlowDays() {}

  /** What is shared by all shares of a run. */
  static final class Market {
    private final MarketSnapshot snapshot;
    private final LimitUpFacts facts;
    private final @Nullable FlowConvention usual;
    private final PanelColumn close;
    private final PanelColumn adjusted;
    private final PanelColumn high;
    private final PanelColumn low;
    private final Optional<PanelColumn> volumes;
    private final Optional<PanelColumn> amounts;
    private final Optional<PanelColumn> references;

    Market(MarketSnapshot snapshot, LimitUpFacts facts) {
      Panel raw = snapshot.raw();
      this.snapshot = snapshot;
      this.facts = facts;
      this.usual = usual(snapshot.records().all(MoneyFlowDaily.class));
      this.close = raw.column(Field.CLOSE);
      this.adjusted = snapshot.adjusted().column(Field.CLOSE);
      this.high = raw.column(Field.HIGH);
      this.low = raw.column(Field.LOW);
      this.volumes = column(raw, Field.VOLUME);
      this.amounts = column(raw, Field.AMOUNT);
      this.references = column(raw, Field.PRE_CLOSE);
    }

    private static Optional<PanelColumn> column(Panel raw, Field field) {
      return raw.has(field) ? Optional.of(raw.column(field)) : Optional.empty();
    }

    /** The convention of the most records of the last day that has any; of equals by name. */
    private static @Nullable FlowConvention usual(List<MoneyFlowDaily> all) {
      List<FlowConvention> found = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      LocalDate last = all.isEmpty() ? LocalDate.MIN : all.get(all.size() - 1).date();
      for (int k = all.size() - 1; k >= 0 && all.get(k).date().equals(last); k--) {
        int at = found.indexOf(all.get(k).convention());
        if (at < 0) {
          found.add(all.get(k).convention());
          counts.add(1);
        } else {
          counts.set(at, counts.get(at) + 1);
        }
      }
      int best = -1;
      for (int k = 0; k < found.size(); k++) {
        int more = best < 0 ? 1 : Integer.compare(counts.get(k), counts.get(best));
        boolean first =
            more == 0 && found.get(k).toString().compareTo(found.get(best).toString()) < 0;
        best = more > 0 || first ? k : best;
      }
      return best < 0 ? null : found.get(best);
    }

    private double amount(int i, int d) {
      double told = amounts.isPresent() ? amounts.get().value(i, d) : Double.NaN;
      return told >= 0 || volumes.isEmpty() ? told : volumes.get().value(i, d) * close.value(i, d);
    }

    private boolean locked(int i, int d) {
      double last = close.value(i, d);
      double reference = references.isPresent() ? references.get().value(i, d) : Double.NaN;
      double least = reference >= 1 ? SURE_MOVE : LOW_PRICED;
      boolean maybeUp = last == high.value(i, d) && !(last < reference * (1 + least));
      boolean maybeDown = last == low.value(i, d) && !(last > reference * (1 - least));
      if (!maybeUp && !maybeDown) {
        return false;
      }
      LimitUpFact fact = facts.at(i, d);
      return fact.sealed() || fact.limitDownSealed();
    }

    /** The last days of a share that traded on the last day. */
    FlowDays of(int instrument) {
      FlowDays days = new FlowDays();
      Symbol symbol = snapshot.raw().symbols().get(instrument);
      days.read(this, instrument, snapshot.records().of(MoneyFlowDaily.class, symbol));
      return days;
    }
  }

  private void read(Market market, int i, List<MoneyFlowDaily> records) {
    Arrays.fill(main, Double.NaN);
    Arrays.fill(ratio, Double.NaN);
    Panel raw = market.snapshot.raw();
    int last = raw.days().size() - 1;
    int end = records.size();
    int own = 0;
    double newest = market.adjusted.value(i, last);
    int first = raw.firstRow(i);
    for (int d = raw.endRow(i) - 1; d >= first && size < MOST && wanted(own, end); d--) {
      if (!OwnDays.traded(market.close, market.volumes, i, d)) {
        continue;
      }
      if (own == MOMENTUM) {
        momentum = newest / market.adjusted.value(i, d) - 1;
      }
      own++;
      boolean locked = market.locked(i, d);
      if (d == last && locked) {
        flags.add("LIMIT_LOCKED");
        warnings.add("the close was locked at a limit: the sign of the flow says nothing");
      }
      LocalDate date = raw.days().get(d);
      while (end > 0 && records.get(end - 1).date().isAfter(date)) {
        end--;
      }
      int from = end;
      while (from > 0 && records.get(from - 1).date().equals(date)) {
        from--;
      }
      if (!locked) {
        today |= d == last;
        MoneyFlowDaily flow = from == end ? null : choose(market, records.subList(from, end));
        if (flow != null) {
          fill(flow, market.amount(i, d), d == last);
        }
        size++;
      }
      end = from;
    }
  }

  /** Whether an earlier day can still tell something. */
  private static boolean wanted(int own, int recordsLeft) {
    return own <= MOMENTUM || recordsLeft > 0;
  }

  private @Nullable MoneyFlowDaily choose(Market market, List<MoneyFlowDaily> ofDay) {
    MoneyFlowDaily chosen = null;
    for (MoneyFlowDaily flow : ofDay) {
      if (Objects.equals(market.usual, flow.convention())) {
        boolean known = !Double.isNaN(flow.mainNet());
        if (chosen == null || (known && Origins.sameOrigin(chosen, flow))) {
          chosen = flow;
        } else if (known && !agree(chosen.mainNet(), flow.mainNet())) {
          once(SealRecords.CONTRADICTORY, "sources contradict each other; the day is dropped");
          return null;
        }
      } else {
        once("OTHER_CONVENTION", "records that sort orders in another way are not used");
      }
    }
    return chosen;
  }

  private static boolean agree(double one, double other) {
    return Double.isNaN(one)
        || Math.abs(one - other) <= NEAR * Math.max(Math.abs(one), Math.abs(other));
  }

  private void fill(MoneyFlowDaily flow, double amount, boolean isToday) {
    double bought = flow.superLarge().buy() + flow.large().buy();
    double sold = flow.superLarge().sell() + flow.large().sell();
    boolean tooMuch = Math.max(bought, sold) > amount * MOST_OF_AMOUNT;
    boolean tooLittle = bought > 0
        && bought < amount * LEAST_OF_AMOUNT
        && flow.medium().buy() + flow.small().buy() < amount * LEAST_OF_AMOUNT;
    if (tooMuch || tooLittle) {
      once(SealRecords.UNITS, "the flows do not fit the day's amount; the day is dropped");
      return;
    }
    main[size] = bought - sold;
    ratio[size] = amount > 0 ? main[size] / amount : Double.NaN;
    if (isToday) {
      superLargeRatio = amount > 0 ? flow.superLarge().net() / amount : Double.NaN;
      northbound = flow.northboundNet().orElse(Double.NaN);
    }
  }

  private void once(String flag, String warning) {
    if (!flags.contains(flag)) {
      flags.add(flag);
      warnings.add(warning);
    }
  }

  List<String> flags() {
    return flags;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Main net purchase of the day in yuan; {@code NaN} if it was locked or is not known. */
  double mainToday() {
    return today ? main[0] : Double.NaN;
  }

  /** Main net purchase of the day over its amount. */
  double ratioToday() {
    return today ? ratio[0] : Double.NaN;
  }

  double superLargeRatio() {
    return today ? superLargeRatio : Double.NaN;
  }

  double northbound() {
    return northbound;
  }

  /** The day's ratio in standard deviations from the mean of up to 60 days before it. */
  double z() {
    double sum = 0;
    double squares = 0;
    int known = 0;
    for (int k = 1; k < size; k++) {
      known += Double.isNaN(ratio[k]) ? 0 : 1;
      sum += Double.isNaN(ratio[k]) ? 0 : ratio[k];
    }
    double mean = sum / known;
    for (int k = 1; k < size; k++) {
      double off = Double.isNaN(ratio[k]) ? 0 : ratio[k] - mean;
      squares += off * off;
    }
    double deviation = Math.sqrt(squares / (known - 1));
    return known < 20 || !(deviation > 0) ? Double.NaN : (ratioToday() - mean) / deviation;
  }

  /** Main net purchase of the last days together in yuan; {@code NaN} if one is not known. */
  double sum(int count) {
    double sum = size < count ? Double.NaN : 0;
    for (int k = 0; k < Math.min(count, size); k++) {
      sum += main[k];
    }
    return sum;
  }

  /** Days running with the sign of the newest one: positive for purchases, negative for sales. */
  double streak() {
    if (size == 0 || Double.isNaN(main[0])) {
      return Double.NaN;
    }
    double sign = Math.signum(main[0]);
    int days = 0;
    while (sign != 0 && days < size && Math.signum(main[days]) == sign) {
      days++;
    }
    return sign * days;
  }

  /** The price's return over the last 10 days of trading. */
  double momentum() {
    return momentum;
  }
}
