package io.qilin.api.market;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What a company gives to, or offers, those who held its share at the close of the day before the ex-date (除权除息).
 *
 * @param symbol the share
 * @param exDate first trading day without the right
 * @param cashPerShare dividend in yuan per share before tax, not negative
 * @param bonusRatio new shares for nothing per share held (送股, 转增): 0.3 for "10 送 3"; not negative
 * @param rightsRatio shares offered per share held (配股), not negative
 * @param rightsPrice price in yuan of a share offered, not negative
 */
public record CorporateAction(
    Symbol symbol,
    LocalDate exDate,
    BigDecimal cashPerShare,
    BigDecimal bonusRatio,
    BigDecimal rightsRatio,
    BigDecimal rightsPrice)
    implements Comparable<CorporateAction> {
  private static final BigDecimal MOST_YUAN = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MOST_RATIO = BigDecimal.valueOf(100);
  /** What a double can have at most; more would make sums of these numbers endless. */
  private static final int MOST_DECIMALS = 1074;

  /**
   * Checks the signs, and leaves away zeros at the end of decimals, so that equal numbers are equal.
   *
   * @throws QilinException INVALID_ARGUMENT if a part is negative or absurd (above a million yuan or 100 shares for one, or
   *     with more than 1074 decimals), all are zero, or rights have no price
   */
  public CorporateAction {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(exDate, "exDate");
    if (cashPerShare.signum() < 0
        || bonusRatio.signum() < 0
        || rightsRatio.signum() < 0
        || rightsPrice.signum() < 0) {
      throw QilinException.invalid(
          "no part of the corporate action of " + symbol + " on " + exDate + " is negative, was "
              + cashPerShare + ", " + bonusRatio + ", " + rightsRatio + ", " + rightsPrice);
    }
    if (cashPerShare.compareTo(MOST_YUAN) > 0
        || rightsPrice.compareTo(MOST_YUAN) > 0
        || bonusRatio.compareTo(MOST_RATIO) > 0
        || rightsRatio.compareTo(MOST_RATIO) > 0) {
      throw QilinException.invalid("the corporate action of " + symbol + " on " + exDate
          + " is beyond " + MOST_YUAN + " yuan or " + MOST_RATIO + " shares for one");
    }
    if (cashPerShare.signum() + bonusRatio.signum() + rightsRatio.signum() == 0) {
      throw QilinException.invalid("the corporate action of " + symbol + " on " + exDate
          + " gives nothing; state cash, bonus shares or rights");
    }
    if ((rightsRatio.signum() == 0) != (rightsPrice.signum() == 0)) {
      throw QilinException.invalid("rights have a ratio and a price, were " + rightsRatio + " and "
          + rightsPrice + " for " + symbol + " on " + exDate);
    }
    cashPerShare = plain(cashPerShare);
    bonusRatio = plain(bonusRatio);
    rightsRatio = plain(rightsRatio);
    rightsPrice = plain(rightsPrice);
  }

  private static BigDecimal plain(BigDecimal value) {
    if (value.scale() > MOST_DECIMALS) {
      throw QilinException.invalid("a part of a corporate action has at most " + MOST_DECIMALS
          + " decimals, one has " + value.scale());
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A cash dividend. */
  public static CorporateAction dividend(Symbol symbol, LocalDate exDate, BigDecimal cashPerShare) {
    return new CorporateAction(
        symbol, exDate, cashPerShare, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** Bonus shares: 0.3 for "10 送 3". */
  public static CorporateAction bonus(Symbol symbol, LocalDate exDate, BigDecimal ratio) {
    return new CorporateAction(
        symbol, exDate, BigDecimal.ZERO, ratio, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** A rights issue: {@code ratio} shares offered for each share held, at a price in yuan. */
  public static CorporateAction rights(
      Symbol symbol, LocalDate exDate, BigDecimal ratio, BigDecimal price) {
    return new CorporateAction(symbol, exDate, BigDecimal.ZERO, BigDecimal.ZERO, ratio, price);
  }

  /**
   * What two actions of one share on one ex-date give together, both on the shares held before; the price of the rights is
   * the mean of both, to twelve decimals.
   *
   * @throws QilinException INVALID_ARGUMENT if they are of different shares or days
   */
  public CorporateAction plus(CorporateAction other) {
    if (!symbol.equals(other.symbol) || !exDate.equals(other.exDate)) {
      throw QilinException.invalid("actions of " + symbol + " on " + exDate + " and of "
          + other.symbol + " on " + other.exDate + " do not fall together");
    }
    BigDecimal ratio = rightsRatio.add(other.rightsRatio);
    BigDecimal cost =
        rightsRatio.multiply(rightsPrice).add(other.rightsRatio.multiply(other.rightsPrice));
    return new CorporateAction(
        symbol,
        exDate,
        cashPerShare.add(other.cashPerShare),
        bonusRatio.add(other.bonusRatio),
        ratio,
        ratio.signum() == 0 ? BigDecimal.ZERO : cost.divide(ratio, 12, RoundingMode.HALF_UP));
  }

  /** By ex-date, then by symbol. */
  @Override
  public int compareTo(CorporateAction other) {
    int byDate = exDate.compareTo(other.exDate);
    return byDate != 0 ? byDate : symbol.compareTo(other.symbol);
  }
}
