package io.qilin.agents.desk;

import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitStatus;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether the whole market is in a state in which nothing new is bought, whatever the scores.
 *
 * <ul>
 *   <li>{@code market-ice}: the analyst {@code market-ecology} flags the phase {@code PHASE_ICE} (冰点): hardly
 *       a limit-up holds, and those of yesterday lose
 *   <li>{@code market-breaker}: the breaker score is at the limit or above. Points: the mean change of
 *       the shares against their reference prices at or below −3, −2, −1 %: 4, 2, 1; at least 5 %
 *       of the shares closed at limit-down: 3. It is the table of qilin_stack without the parts that
 *       its critics found meaningless (a fixed number of limit-ups, northbound flow, which is no longer
 *       published) and without those that a risk rule looks after (losses and drawdown of the account);
 *       among fewer than 30 shares the score is not known and holds nothing back
 * </ul>
 *
 * <p>Immutable and safe to share.
 *
 * @param ice whether the phase ICE stops purchases
 * @param breaker the breaker score from which on purchases stop, 1 to 7; 8 for never
 */
public record MarketGate(boolean ice, int breaker) {
  /** Purchases stop in the phase ICE and at a breaker score of 5. */
  public static final MarketGate DEFAULT = new MarketGate(true, 5);

  /** Nothing stops purchases. */
  public static final MarketGate OPEN = new MarketGate(false, 8);

  /** Outcome of a share that was held back in the phase ICE. */
  public static final String ICE = "market-ice";

  /** Outcome of a share that was held back by the breaker score. */
  public static final String BREAKER = "market-breaker";

  private static final String ECOLOGY = "market-ecology";
  private static final int MIN_SHARES = 30;
  private static final double MANY_AT_LIMIT_DOWN = 0.05;
  private static final List<Field> NEEDED = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE);

  /** Why purchases stop. */
  record Stop(String outcome, String detail) {}

  /**
   * Checks the limit.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is not 1 to 8
   */
  public MarketGate {
    if (breaker < 1 || breaker > 8) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, "a breaker limit is 1 to 8, was " + breaker);
    }
  }

  /** Why nothing is bought; empty if something may be. */
  Optional<Stop> stop(
      MarketSnapshot snapshot, Map<Symbol, List<Opinion>> opinions, LimitUpMemo memo) {
    if (ice && frozen(opinions)) {
      return Optional.of(new Stop(ICE, "the market is in the phase ICE, by " + ECOLOGY));
    }
    return breaker > 7 ? Optional.empty() : tripped(snapshot, memo);
  }

  private static boolean frozen(Map<Symbol, List<Opinion>> opinions) {
    return opinions.values().stream()
        .flatMap(List::stream)
        .anyMatch(
            opinion -> opinion.analyst().equals(ECOLOGY) && opinion.flags().contains("PHASE_ICE"));
  }

  private Optional<Stop> tripped(MarketSnapshot snapshot, LimitUpMemo memo) {
    if (!NEEDED.stream().allMatch(snapshot.raw()::has)) {
      return Optional.empty();
    }
    Day day = new Day(memo.of(snapshot));
    return day.score() < breaker
        ? Optional.empty()
        : Optional.of(new Stop(
            BREAKER,
            day + ", which makes a breaker score of " + day.score() + "; from " + breaker
                + " on nothing is bought"));
  }

  /** The last day of a market. */
  private static final class Day {
    private int shares;
    private int down;
    private double sum;

    Day(LimitUpFacts facts) {
      int last = facts.panel().days().size() - 1;
      for (int i = 0; i < facts.panel().symbols().size(); i++) {
        add(facts.at(i, last));
      }
    }

    private void add(LimitUpFact fact) {
      double change = fact.close() / fact.referencePrice() - 1;
      if (fact.status() == LimitStatus.LIMITED && Double.isFinite(change)) {
        shares++;
        sum += change;
        down += fact.limitDownSealed() ? 1 : 0;
      }
    }

    int score() {
      if (shares < MIN_SHARES) {
        return 0;
      }
      double mean = sum / shares;
      int fall = mean <= -0.03 ? 4 : mean <= -0.02 ? 2 : mean <= -0.01 ? 1 : 0;
      return fall + (down >= MANY_AT_LIMIT_DOWN * shares ? 3 : 0);
    }

    @Override
    public String toString() {
      return "the shares changed by " + percent(sum / shares) + " % on average and " + down + " of "
          + shares + " closed at limit-down";
    }

    private static String percent(double fraction) {
      return new BigDecimal(fraction * 100).setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
  }
}
