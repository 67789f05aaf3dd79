package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.ExecutionPhase;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Qlib's TopkDropout: hold the {@code topk} best shares, and each day exchange at most {@code
 * nDrop} of the worst held for better ones. {@link #select} is the rule alone; {@link #on} makes it
 * a {@link Strategy} for the exact A-share rules; {@link QlibBacktest} runs it by Qlib's.
 *
 * <p>The rule, as {@code TopkDropoutStrategy} of Qlib 0.9.7 has it with its methods {@code bottom}
 * and {@code top}: <i>last</i> are the holdings by score, the best first; a holding without score
 * is last. <i>today</i> are the first {@code nDrop + topk − |last|} of the shares not held. Of both
 * together the last {@code nDrop} are marked, and what of them is held is <i>sold</i>. The first
 * {@code |sold| + topk − |last|} of today are <i>bought</i>.
 *
 * <p>The counts are cut as Python's slices cut. A negative count takes all but so many from the
 * end: it comes up with more than {@code topk + nDrop} holdings. And {@code nDrop = 0} marks
 * <b>all</b>, as {@code [-0:]} does, so every holding is sold every day. With {@code onlyTradable}
 * a first or last so many takes at least one, also for a count of 0 or less.
 *
 * <p>Equal scores go by {@link Symbol}, the smaller first; Qlib leaves their order to an unstable
 * sort. {@code NaN} comes after every number, {@code −∞} included. Immutable and safe to share.
 */
public final class TopkDropout {
  private final int topk;
  private final int nDrop;
  private final int holdThreshold;
  private final boolean onlyTradable;
  private final boolean forbidAllTradeAtLimit;
  private final double riskDegree;
  private final ExecutionPhase phase;

  private TopkDropout(Builder builder) {
    topk = builder.topk;
    nDrop = builder.nDrop;
    holdThreshold = builder.holdThreshold;
    onlyTradable = builder.onlyTradable;
    forbidAllTradeAtLimit = builder.forbidAllTradeAtLimit;
    riskDegree = builder.riskDegree;
    phase = builder.phase;
  }

  /**
   * Starts a rule.
   *
   * @param topk how many shares to hold, positive
   * @param nDrop how many to exchange a day at most, 0 to topk; 0 sells everything every day, see
   *     above
   * @throws QilinException INVALID_ARGUMENT for other counts
   */
  public static Builder builder(int topk, int nDrop) {
    return new Builder(topk, nDrop);
  }

  /** How many shares to hold. */
  public int topk() {
    return topk;
  }

  /** How many to exchange a day at most. */
  public int nDrop() {
    return nDrop;
  }

  /** Trading days that a share is held at least. */
  public int holdThreshold() {
    return holdThreshold;
  }

  /** Whether only shares that can be traded take a place in the lists. */
  public boolean onlyTradable() {
    return onlyTradable;
  }

  /** Whether a share at either limit is neither bought nor sold. */
  public boolean forbidAllTradeAtLimit() {
    return forbidAllTradeAtLimit;
  }

  /** The part of the cash that a day's purchases may use. */
  public double riskDegree() {
    return riskDegree;
  }

  /** When in the session the strategy's orders are meant to be filled. */
  public ExecutionPhase phase() {
    return phase;
  }

  /**
   * Which of the holdings to sell and which other shares to buy, before anybody asks whether they
   * can be traded or were held long enough.
   *
   * @param scores the higher, the better; a share that is listed with {@code NaN} ranks last, but
   *     may be bought when there are too few others, as in Qlib; a share that is not listed is not
   *     bought
   * @param holdings the shares held; a second mention counts once
   * @param tradable whether a share can be both bought and sold; asked only with {@code
   *     onlyTradable}
   */
  public Selection select(
      Map<Symbol, Double> scores, Collection<Symbol> holdings, Predicate<Symbol> tradable) {
    TreeMap<Symbol, Double> all = new TreeMap<>(scores);
    TreeSet<Symbol> held = new TreeSet<>(holdings);
    held.forEach(symbol -> all.putIfAbsent(symbol, Double.NaN));
    List<Symbol> symbols = List.copyOf(all.keySet());
    double[] values = all.values().stream().mapToDouble(Double::doubleValue).toArray();
    int[] places = held.stream()
        .mapToInt(symbol -> Collections.binarySearch(symbols, symbol))
        .toArray();
    TopkChoice choice = new TopkChoice(
        this,
        values,
        place -> scores.containsKey(symbols.get(place)),
        places,
        place -> tradable.test(symbols.get(place)));
    return choice.selection(symbols);
  }

  /**
   * The rule as a strategy for the exact A-share rules.
   *
   * @param signal what the shares are ranked by
   */
  public TopkDropoutStrategy on(Signal signal) {
    return new TopkDropoutStrategy(this, signal);
  }

  /** For example {@code TopkDropout[topk 50, nDrop 5]}. */
  @Override
  public String toString() {
    return "TopkDropout[topk " + topk + ", nDrop " + nDrop + "]";
  }

  /**
   * What the rule wants.
   *
   * @param sell holdings to sell, the best score first
   * @param buy shares to buy, the best score first
   */
  public record Selection(List<Symbol> sell, List<Symbol> buy) {
    /** Copies the lists. */
    public Selection {
      sell = List.copyOf(sell);
      buy = List.copyOf(buy);
    }
  }

  /** Collects the settings of a {@link TopkDropout}. Not thread-safe. */
  public static final class Builder {
    private final int topk;
    private final int nDrop;
    private int holdThreshold = 1;
    private boolean onlyTradable;
    private boolean forbidAllTradeAtLimit = true;
    private double riskDegree = 0.95;
    private ExecutionPhase phase = ExecutionPhase.CLOSING_AUCTION;

    private Builder(int topk, int nDrop) {
      if (topk < 1) {
        throw QilinException.invalid("topk must be at least 1, was " + topk);
      }
      if (nDrop < 0 || nDrop > topk) {
        throw QilinException.invalid("nDrop must be between 0 and topk " + topk + ", was " + nDrop);
      }
      this.topk = topk;
      this.nDrop = nDrop;
    }

    /**
     * Trading days that a share is held before it may be sold, the day of the purchase counted; 1
     * unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder holdThreshold(int days) {
      if (days < 0) {
        throw QilinException.invalid("holdThreshold must not be negative, was " + days);
      }
      holdThreshold = days;
      return this;
    }

    /** Whether only shares that can be traded take a place in the lists; no unless set. */
    public Builder onlyTradable(boolean only) {
      onlyTradable = only;
      return this;
    }

    /**
     * Whether a share at either limit is neither bought nor sold; yes unless set. Otherwise one may
     * sell at limit-up (涨停) and buy at limit-down (跌停). Only {@link QlibBacktest} asks; the exact
     * rules know better which of these can be filled.
     */
    public Builder forbidAllTradeAtLimit(boolean forbid) {
      forbidAllTradeAtLimit = forbid;
      return this;
    }

    /**
     * The part of the cash, proceeds of the day's sales included, that the day's purchases share;
     * 0.95 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless above 0 and at most 1
     */
    public Builder riskDegree(double part) {
      if (!(part > 0 && part <= 1)) {
        throw QilinException.invalid("riskDegree must be above 0 and at most 1, was " + part);
      }
      riskDegree = part;
      return this;
    }

    /** When in the session the strategy's orders are meant to be filled; at the close unless set. */
    public Builder phase(ExecutionPhase when) {
      phase = Objects.requireNonNull(when, "phase");
      return this;
    }

    /** The rule. */
    public TopkDropout build() {
      return new TopkDropout(this);
    }
  }
}
