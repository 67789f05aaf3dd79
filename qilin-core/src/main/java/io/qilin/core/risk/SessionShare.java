package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.FenFees;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.PriceCage;
import io.qilin.core.rules.PriceLimits;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one share in one {@link RiskSession}, as whole numbers: prices and values in
 * thousandths of a yuan (mills), money in fen. Each fact is looked up when it is first asked for;
 * what is not known is refused each time with the error of {@link ShareFacts}. Not thread-safe, as
 * its session.
 */
public final class SessionShare {
  static final int MOST_STRESS_DAYS = 3;
  private static final int STRESS_SCALE = 6;
  private static final long STRESS_ONE = 1_000_000;
  private static final long UNKNOWN = -1;

  private final ShareFacts facts;
  private final Lots lots;
  private @Nullable Board board;
  private @Nullable BoardRules rule;
  private @Nullable LotRule lotRule;
  private @Nullable FenFees fees;
  private @Nullable Boolean traded;
  private final RiskWarning warning;
  private final boolean statusKnown;
  private long close = UNKNOWN;
  private long mark = UNKNOWN;
  private long buyCap = UNKNOWN;
  private long up = UNKNOWN;
  private long down = UNKNOWN;
  private long cageHigh = UNKNOWN;
  private long cageLow = UNKNOWN;
  private long volume20 = UNKNOWN;
  private long volume5 = UNKNOWN;
  private long freeFloat = UNKNOWN;
  private final long[] stress = {UNKNOWN, UNKNOWN, UNKNOWN};
  /** What the sums of the session hold of it. */
  private long counted;

  SessionShare(ShareFacts facts, Lots lots) {
    this.facts = facts;
    this.lots = lots;
    this.warning = facts.warning();
    this.statusKnown = facts.status().isPresent();
  }

  /** The share. */
  public Symbol symbol() {
    return facts.symbol();
  }

  /** Whether its status in the session is known. */
  public boolean statusKnown() {
    return statusKnown;
  }

  /** Its risk warning; none if its status is not known. */
  public RiskWarning warning() {
    return warning;
  }

  /**
   * Its board.
   *
   * @throws QilinException as {@link ShareFacts#board()}
   */
  public Board board() {
    Board known = board;
    if (known == null) {
      known = facts.board();
      board = known;
    }
    return known;
  }

  /**
   * The exchange's rules for it in the session.
   *
   * @throws QilinException as {@link ShareFacts#rule()}
   */
  public BoardRules rule() {
    BoardRules known = rule;
    if (known == null) {
      known = facts.rule();
      rule = known;
    }
    return known;
  }

  /**
   * The sizes of its orders.
   *
   * @throws QilinException as {@link #rule()}
   */
  public LotRule lotRule() {
    LotRule known = lotRule;
    if (known == null) {
      known = rule().lots();
      lotRule = known;
    }
    return known;
  }

  /** Most shares that may be bought a day; {@link Long#MAX_VALUE} if there is no such cap. */
  long dailyBuyCap() {
    if (buyCap == UNKNOWN) {
      buyCap = rule().dailyBuyCap().orElse(Long.MAX_VALUE);
    }
    return buyCap;
  }

  /** The highest price of a buy in continuous trading; {@link Long#MAX_VALUE} without a cage. */
  long cageHighMills() {
    if (cageHigh == UNKNOWN) {
      findCage();
    }
    return cageHigh;
  }

  /** The lowest price of a sale in continuous trading; 0 without a cage. */
  long cageLowMills() {
    if (cageLow == UNKNOWN) {
      findCage();
    }
    return cageLow;
  }

  private void findCage() {
    Optional<PriceCage> cage = rule().cage();
    cageHigh = cage.map(found -> found.highestBuyMills(closeMills())).orElse(Long.MAX_VALUE);
    cageLow = cage.map(found -> found.lowestSellMills(closeMills())).orElse(0L);
  }

  /** Whether it traded on the last day of the history. */
  public boolean tradedLastDay() {
    Boolean known = traded;
    if (known == null) {
      known = facts.tradedLastDay();
      traded = known;
    }
    return known;
  }

  /**
   * The last raw close, suspended days passed over.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none
   */
  public long closeMills() {
    if (close == UNKNOWN) {
      close = facts.closeMills();
    }
    return close;
  }

  /**
   * What a share counts in the account: the price of the last {@link RiskSession#mark}, else the last
   * close.
   *
   * @throws QilinException DATA_NOT_FOUND if there is neither
   */
  public long markMills() {
    return mark == UNKNOWN ? closeMills() : mark;
  }

  /**
   * Limit-up in the session; {@link Long#MAX_VALUE} on a day without limit.
   *
   * @throws QilinException if the close or the rules are not known
   */
  public long upMills() {
    if (up == UNKNOWN) {
      findLimits();
    }
    return up;
  }

  /**
   * Limit-down in the session; 0 on a day without limit.
   *
   * @throws QilinException if the close or the rules are not known
   */
  public long downMills() {
    if (down == UNKNOWN) {
      findLimits();
    }
    return down;
  }

  private void findLimits() {
    Optional<PriceLimits> limits = rule().limits(closeMills() / 1000.0, facts.listingDay());
    down = limits.map(PriceLimits::downMills).orElse(0L);
    up = limits.map(PriceLimits::upMills).orElse(Long.MAX_VALUE);
  }

  /**
   * The mean volume of the last 20 days on which it traded, in whole shares, rounded down.
   *
   * @throws QilinException DATA_NOT_FOUND if no volume of the share is known
   */
  public long averageVolume20() {
    if (volume20 == UNKNOWN) {
      volume20 = (long) facts.averageVolume(20);
    }
    return volume20;
  }

  /**
   * The mean volume of the last 5 days on which it traded, in whole shares, rounded down.
   *
   * @throws QilinException DATA_NOT_FOUND if no volume of the share is known
   */
  public long averageVolume5() {
    if (volume5 == UNKNOWN) {
      volume5 = (long) facts.averageVolume(5);
    }
    return volume5;
  }

  /** Its freely tradable shares; 0 if not known. */
  long freeFloat() {
    if (freeFloat == UNKNOWN) {
      freeFloat =
          facts.status().map(status -> status.freeFloatShares().orElse(0)).orElse(0L);
    }
    return freeFloat;
  }

  /**
   * What an amount of the share loses if it is locked at limit-down for some days, see {@link
   * LockedLimitStress}: rounded up to the mill. A share that is being delisted may lose everything,
   * as its first day has no limit.
   *
   * @param valueMills what the shares are worth, not negative
   * @param days 1 to 3
   * @throws QilinException if its rules are not known
   */
  public long stressMills(long valueMills, int days) {
    long millionths = stressMillionths(days);
    return valueMills / STRESS_ONE * millionths
        + (valueMills % STRESS_ONE * millionths + STRESS_ONE - 1) / STRESS_ONE;
  }

  /** The largest value that loses no more than {@code lossMills}, not negative. */
  long valueLosing(long lossMills, int days) {
    long millionths = stressMillionths(days);
    long whole = lossMills / millionths;
    return whole > Long.MAX_VALUE / STRESS_ONE - 1
        ? Long.MAX_VALUE
        : whole * STRESS_ONE + lossMills % millionths * STRESS_ONE / millionths;
  }

  private long stressMillionths(int days) {
    if (stress[days - 1] == UNKNOWN) {
      stress[days - 1] = warning == RiskWarning.DELISTING
          ? STRESS_ONE
          : LockedLimitStress.loss(rule(), facts.listingDay(), days)
              .movePointRight(STRESS_SCALE)
              .setScale(0, RoundingMode.CEILING)
              .longValueExact();
    }
    return stress[days - 1];
  }

  /** Shares held, bought in the session included. */
  public long held() {
    return lots.held();
  }

  /** Shares that may be sold in the session; what accepted sales will sell is left out. */
  public long sellable() {
    return lots.sellable();
  }

  /** Shares bought that may not be sold in the session (T+1). */
  public long boughtToday() {
    return lots.boughtToday();
  }

  /**
   * What the shares held are worth.
   *
   * @throws QilinException DATA_NOT_FOUND if no price is known; LIMIT_EXCEEDED if a long cannot hold
   *     it
   */
  public long valueMills() {
    return lots.held() == 0 ? 0 : Mills.product(markMills(), lots.held());
  }

  /**
   * What a buy takes from the account, with fees of the default commission.
   *
   * @throws QilinException if the board is not known, or a long cannot hold it
   */
  public long costFen(Order order) {
    long amount = amountFen(order);
    return Mills.sum(amount, fees().total(Side.BUY, amount, order.shares()));
  }

  /** What a sale brings to the account, fees taken off; may be negative for a very small one. */
  long proceedsFen(Order order) {
    long amount = amountFen(order);
    return amount - fees().total(Side.SELL, amount, order.shares());
  }

  private static long amountFen(Order order) {
    return Mills.sum(Mills.value(order), 5) / 10;
  }

  private FenFees fees() {
    FenFees known = fees;
    if (known == null) {
      known = facts.fees().inFen();
      fees = known;
    }
    return known;
  }

  ShareFacts facts() {
    return facts;
  }

  /** Whether {@link #markMills()} answers. */
  boolean hasPrice() {
    return known(this::markMills);
  }

  /** Whether {@link #stressMills} answers. */
  boolean hasRules() {
    return known(() -> stressMills(0, MOST_STRESS_DAYS));
  }

  /** A refusal only means "not known" here; who needs the fact asks again and hears why. */
  private static boolean known(LongSupplier fact) {
    try {
      return fact.getAsLong() >= 0;
    } catch (QilinException notKnown) {
      return false;
    }
  }

  Lots lots() {
    return lots;
  }

  void mark(long mills) {
    mark = mills;
  }

  long counted() {
    return counted;
  }

  void counted(long mills) {
    counted = mills;
  }

  /** For example {@code 600519.SH, 300 held, 200 sellable}. */
  @Override
  public String toString() {
    return symbol() + ", " + held() + " held, " + sellable() + " sellable";
  }
}
