package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitStatus;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the whole market stood to its price limits, day by day, from daily bars: one walk over the
 * last {@link #SPAN} days. Shares under risk warning and days without limit do not count.
 *
 * <p>A bar of a long-listed share without warning is counted by its own numbers: inside ±10 % of its
 * reference price it has reached no limit, else its limits follow from the rules of the day. All
 * others are asked of {@link LimitUpFacts}. Both ways count the same. Immutable.
 */
final class MarketDays {
  /** Days among which a value of a day is ranked. */
  static final int WINDOW = 250;

  /** Days before the last one of which the ranks are known too. */
  static final int LEAD = 20;

  private static final int SPAN = WINDOW + LEAD;
  /** Days over which the next day's returns of each kind of share are pooled. */
  private static final int FOLLOW_DAYS = 20;

  private static final int ENOUGH_FOLLOWERS = 10;
  /** Listed so long ago, in days, that no rule of first days can reach the span. */
  private static final int LONG_LISTED = 120;

  private static final int WIDEST_SURE = 10;
  /** Half a tick and what truncation and an uneven reference price can add, in yuan. */
  private static final double MARGIN = 0.011;

  private static final double LEAST = 0.01;
  private static final double MOST = 1e9;

  private final LimitUpFacts facts;
  private final Panel panel;
  private final PanelColumn open;
  private final PanelColumn high;
  private final PanelColumn low;
  private final PanelColumn close;
  private final @Nullable PanelColumn references;
  private final @Nullable PanelColumn volumes;
  private final @Nullable PanelColumn amounts;
  private final int from;
  private final MarketDay[] days;
  private final @Nullable ShareKind[] kinds;
  private final double[] followReturns = new double[ShareKind.values().length];
  private final int[] followers = new int[ShareKind.values().length];

  private MarketDays(LimitUpFacts facts) {
    this.facts = facts;
    this.panel = facts.panel();
    this.open = panel.column(Field.OPEN);
    this.high = panel.column(Field.HIGH);
    this.low = panel.column(Field.LOW);
    this.close = panel.column(Field.CLOSE);
    this.references = column(Field.PRE_CLOSE);
    this.volumes = column(Field.VOLUME);
    this.amounts = column(Field.AMOUNT);
    this.from = Math.max(0, panel.days().size() - SPAN);
    this.days = new MarketDay[panel.days().size() - from];
    Arrays.setAll(days, d -> new MarketDay());
    this.kinds = new ShareKind[panel.symbols().size()];
  }

  private @Nullable PanelColumn column(Field field) {
    return panel.has(field) ? panel.column(field) : null;
  }

  /** A cell; {@code NaN} if the panel lacks the field. */
  private static double cell(@Nullable PanelColumn column, int i, int d) {
    return column == null ? Double.NaN : column.value(i, d);
  }

  /** Counts the last days of a market. */
  static MarketDays of(LimitUpFacts facts, Map<Symbol, SecurityTimeline> securities) {
    return count(facts, securities, true);
  }

  /** As {@link #of}, asking {@link LimitUpFacts} about every bar. */
  static MarketDays slowly(LimitUpFacts facts, Map<Symbol, SecurityTimeline> securities) {
    return count(facts, securities, false);
  }

  private static MarketDays count(
      LimitUpFacts facts, Map<Symbol, SecurityTimeline> securities, boolean quick) {
    MarketDays counted = new MarketDays(facts);
    for (int i = 0; i < counted.kinds.length; i++) {
      SecurityTimeline timeline = securities.get(counted.panel.symbols().get(i));
      counted.walk(i, timeline, quick);
    }
    return counted;
  }

  /** The days, oldest first; the last one is the last of the panel. */
  int size() {
    return days.length;
  }

  MarketDay day(int at) {
    return days[at];
  }

  MarketDay last() {
    return days[days.length - 1];
  }

  /**
   * One value a day, oldest first; {@code NaN} on days on which fewer shares traded.
   *
   * @param minShares the fewest shares of a market
   */
  double[] values(int minShares, ToDoubleFunction<MarketDay> measure) {
    double[] out = new double[days.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = days[d].traded() < minShares ? Double.NaN : measure.applyAsDouble(days[d]);
    }
    return out;
  }

  /** What kind of last day an instrument had; empty if it did not count on that day. */
  Optional<ShareKind> kind(int instrument) {
    return Optional.ofNullable(kinds[instrument]);
  }

  /**
   * The mean return on the day after, over the last {@value #FOLLOW_DAYS} days, of shares that had
   * such a day.
   *
   * @return empty if fewer than {@value #ENOUGH_FOLLOWERS} are known
   */
  @SuppressWarnings("EnumOrdinal") // places in arrays that live no longer than this object
  OptionalDouble followReturn(ShareKind kind) {
    int count = followers[kind.ordinal()];
    return count < ENOUGH_FOLLOWERS
        ? OptionalDouble.empty()
        : OptionalDouble.of(followReturns[kind.ordinal()] / count);
  }

  private void walk(int i, @Nullable SecurityTimeline timeline, boolean quick) {
    boolean warnedOnce =
        timeline != null && timeline.statuses().stream().anyMatch(MarketDays::warned);
    boolean plain = quick && !warnedOnce && ordinary(i, timeline);
    Walk walk = new Walk(i);
    for (int d = Math.max(panel.firstRow(i), from - 1); d < panel.endRow(i); d++) {
      walk.begin(d);
      if (walk.traded(d)) {
        double reference = cell(references, i, d);
        double base = reference > 0 ? reference : walk.closeBefore;
        walk.closeBefore = close.value(i, d);
        boolean warnedToday =
            warnedOnce && timeline != null && warnedOn(timeline, panel.days().get(d));
        if (!warnedToday && !(plain && walk.quickly(d, base))) {
          walk.asked(d);
        }
      }
    }
    kinds[i] = panel.endRow(i) > panel.days().size() - 1 ? walk.kind : null;
  }

  /** One share on its way through the days. */
  private final class Walk {
    private static final int UNKNOWN = -1;

    private final int i;
    private double closeBefore = Double.NaN;
    /** Sealed days up to the last day of trading. */
    private int streak = UNKNOWN;

    private boolean sealedBefore;
    private @Nullable ShareKind kindBefore;
    private boolean sealed;
    /** Known of the days that count for {@link #followReturn}. */
    private @Nullable ShareKind kind;

    private Walk(int i) {
      this.i = i;
    }

    /** As {@link OwnDays#traded}. */
    private boolean traded(int d) {
      double last = close.value(i, d);
      return last > 0 && last < Double.POSITIVE_INFINITY && !(cell(volumes, i, d) <= 0);
    }

    private double amount(int d) {
      double told = cell(amounts, i, d);
      return told >= 0 || volumes == null ? told : volumes.value(i, d) * close.value(i, d);
    }

    /** Whether the bar certainly reached no limit of 10 % or more. */
    private boolean quiet(int d, double last, double base) {
      double above = base * 1.1 - MARGIN;
      double below = base * 0.9 + MARGIN;
      return high.value(i, d) < above && low.value(i, d) > below && last < above && last > below;
    }

    private void begin(int d) {
      if (sealed && d >= from) {
        days[d - from].addSealedBefore();
      }
      sealedBefore = sealed;
      kindBefore = kind;
      sealed = false;
      kind = null;
    }

    /** Counts a bar by its own numbers; false if it must be asked about. */
    private boolean quickly(int d, double base) {
      double last = close.value(i, d);
      double move = last / base - 1;
      if (quiet(d, last, base)) {
        streak = 0;
        kind = d < panel.days().size() - 1 - FOLLOW_DAYS ? null : ShareKind.ofMove(move);
        add(d, base, move);
        return true;
      }
      Optional<BoardRules> rules =
          base >= LEAST && base < MOST ? facts.rules(i, d) : Optional.empty();
      Optional<PriceLimits> known =
          rules.isPresent() ? rules.get().limits(base, 0) : Optional.empty();
      if (known.isEmpty()) {
        return false;
      }
      PriceLimits limits = known.get();
      boolean up = limits.isUp(last);
      if (up && streak == UNKNOWN) {
        return false;
      }
      double highest = high.value(i, d);
      boolean touched =
          highest >= 0 && highest < MOST && PriceLimits.mills(highest) >= limits.upMills();
      streak = up ? streak + 1 : 0;
      boolean one = up
          && limits.isUp(open.value(i, d))
          && limits.isUp(low.value(i, d))
          && limits.isUp(highest);
      near(d, up, touched && !up, limits.isDown(last), one, move);
      add(d, base, move);
      return true;
    }

    /** Counts a bar by what the facts say of it. */
    private void asked(int d) {
      LimitUpFact fact = facts.at(i, d);
      if (fact.status() != LimitStatus.LIMITED) {
        streak = UNKNOWN;
        return;
      }
      double move = fact.close() / fact.referencePrice() - 1;
      streak = fact.streak();
      near(d, fact.sealed(), fact.broken(), fact.limitDownSealed(), fact.oneWord(), move);
      add(d, fact.referencePrice(), move);
    }

    private void near(int d, boolean up, boolean broken, boolean down, boolean one, double move) {
      sealed = up;
      kind = up
          ? ShareKind.ofStreak(streak)
          : down ? ShareKind.LIMIT_DOWN : broken ? ShareKind.BROKEN : ShareKind.ofMove(move);
      if (d >= from && up) {
        days[d - from].addSealed(one, streak);
      }
      if (d >= from && broken) {
        days[d - from].addBroken();
      }
      if (d >= from && down) {
        days[d - from].addLimitDown();
      }
    }

    @SuppressWarnings("EnumOrdinal") // as above
    private void add(int d, double base, double move) {
      if (d >= from) {
        MarketDay day = days[d - from];
        day.addMove(move, amount(d));
        if (sealedBefore) {
          day.addFollower(open.value(i, d) / base - 1, move, sealed);
        }
        if (kindBefore != null && d > panel.days().size() - 1 - FOLLOW_DAYS) {
          followReturns[kindBefore.ordinal()] += move;
          followers[kindBefore.ordinal()]++;
        }
      }
    }
  }

  /** Whether the share has been listed for long, with limits of 10 % or more. */
  private boolean ordinary(int i, @Nullable SecurityTimeline timeline) {
    LocalDate longAgo = panel.days().get(from).minusDays(LONG_LISTED);
    return (timeline == null || timeline.statuses().stream().allMatch(s -> listed(s, longAgo)))
        && wide(facts.rules(i, from))
        && wide(facts.rules(i, panel.days().size() - 1));
  }

  private static boolean listed(SecurityStatus status, LocalDate longAgo) {
    return status.listDate().isEmpty() || status.listDate().get().isBefore(longAgo);
  }

  private static boolean wide(Optional<BoardRules> rules) {
    return rules.isPresent() && rules.get().limitPercent() >= WIDEST_SURE;
  }

  private static boolean warnedOn(SecurityTimeline timeline, LocalDate day) {
    return timeline.on(day).filter(MarketDays::warned).isPresent();
  }

  private static boolean warned(SecurityStatus status) {
    return status.riskWarning() != RiskWarning.NONE;
  }
}
