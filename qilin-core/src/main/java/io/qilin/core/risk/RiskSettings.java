package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The limits of {@link RiskRules}. Fractions are of the account's equity: cash plus shares at their
 * last close. Digits of a fraction beyond the billionth are cut off.
 *
 * <table>
 *   <caption>The named profiles; the first four columns are those of qilin_stack</caption>
 *   <tr><th>profile</th><th>single</th><th>total</th><th>sector</th>
 *       <th>position loss</th><th>stress of one, two, three days</th></tr>
 *   <tr><td>conservative</td><td>0.10</td><td>0.60</td><td>0.25</td>
 *       <td>0.02</td><td>0.08, 0.14, 0.20</td></tr>
 *   <tr><td>moderate</td><td>0.15</td><td>0.80</td><td>0.35</td>
 *       <td>0.03</td><td>0.12, 0.21, 0.30</td></tr>
 *   <tr><td>aggressive</td><td>0.20</td><td>0.95</td><td>0.50</td>
 *       <td>0.05</td><td>0.16, 0.28, 0.40</td></tr>
 * </table>
 *
 * All three: drawdown 0.15, daily loss 0.05, value at risk 0.05 at 95 %, an order of at most 5 % of the
 * average daily volume, a volume of at least 1 000 000 shares a day and a turnover of at least 1 % (all
 * of them qilin_stack's), all boards but funds, no risk warning, status must be known.
 *
 * @param profile a name for people
 * @param single most that one share may be worth
 * @param total most that all shares may be worth
 * @param sector most that the shares of one sector may be worth; judged only if sectors are given
 * @param positionLoss most that one share may lose in a day that ends limit-down
 * @param oneDayStress most that all shares may lose in a day on which each of them ends limit-down
 * @param twoDayStress most that all shares may lose if each is locked limit-down on two days in a row
 * @param lockedStress most that all shares may lose if each is locked limit-down on three days in a
 *     row
 * @param drawdown fall of the equity from its high at which nothing more is bought
 * @param dailyLoss fall of the equity since the start of the day at which nothing more is bought
 * @param valueAtRisk most that a bad day may take, see {@link RiskRules#valueAtRisk(RiskSettings)}
 * @param volumeShare most of a share's average daily volume (20 days on which it traded) that one
 *     order may be
 * @param minVolume least mean volume of the last 5 days on which a share traded, in shares, not
 *     negative
 * @param minTurnover least of that volume as a fraction of the free float, from 0 to 1; 0 leaves it out
 * @param boards where may be bought
 * @param warnings which risk warnings may be bought
 * @param requireStatus whether a share is refused whose status is not known; if not, it counts as
 *     free of warnings
 * @param continuous whether orders are sent while trading is continuous, so that the price cage
 *     applies; otherwise they go into the opening auction
 * @param highWaterMark the account's highest equity so far, if known; otherwise cash plus what the
 *     shares cost
 * @param dayStart the equity at the start of the day, if known; otherwise the daily loss is not judged
 * @param sectors sector by share; empty leaves the sector limit out. With any given, a share of
 *     unknown sector is not bought, and one that is held counts in every sector
 */
public record RiskSettings(
    String profile,
    double single,
    double total,
    double sector,
    double positionLoss,
    double oneDayStress,
    double twoDayStress,
    double lockedStress,
    double drawdown,
    double dailyLoss,
    double valueAtRisk,
    double volumeShare,
    long minVolume,
    double minTurnover,
    Set<Board> boards,
    Set<RiskWarning> warnings,
    boolean requireStatus,
    boolean continuous,
    Optional<Money> highWaterMark,
    Optional<Money> dayStart,
    Map<Symbol, String> sectors) {
  /**
   * Checks the fractions and copies the collections.
   *
   * @throws QilinException INVALID_CONFIGURATION if a fraction is not in (0, 1], a least amount is out
   *     of its range, or an equity is negative
   */
  public RiskSettings {
    Objects.requireNonNull(profile, "profile");
    equity("highWaterMark", highWaterMark);
    equity("dayStart", dayStart);
    fraction("single", single);
    fraction("total", total);
    fraction("sector", sector);
    fraction("positionLoss", positionLoss);
    fraction("oneDayStress", oneDayStress);
    fraction("twoDayStress", twoDayStress);
    fraction("lockedStress", lockedStress);
    fraction("drawdown", drawdown);
    fraction("dailyLoss", dailyLoss);
    fraction("valueAtRisk", valueAtRisk);
    fraction("volumeShare", volumeShare);
    if (minVolume < 0 || !(minTurnover >= 0 && minTurnover <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "minVolume is not negative and minTurnover a fraction in [0, 1], were " + minVolume
              + " and " + minTurnover);
    }
    boards = Collections.unmodifiableSet(new TreeSet<>(boards));
    warnings = Collections.unmodifiableSet(new TreeSet<>(warnings));
    sectors = Collections.unmodifiableMap(new TreeMap<>(sectors));
  }

  private static void fraction(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, name + " is a fraction in (0, 1], was " + value);
    }
  }

  private static void equity(String name, Optional<Money> value) {
    Objects.requireNonNull(value, name);
    if (value.isPresent() && value.get().isNegative()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, name + " is not negative, was " + value.get());
    }
  }

  /** Small positions, mostly cash. */
  public static RiskSettings conservative() {
    return builder("conservative").build();
  }

  /** The middle way. */
  public static RiskSettings moderate() {
    return builder("moderate").build();
  }

  /** Large positions, nearly fully invested. */
  public static RiskSettings aggressive() {
    return builder("aggressive").build();
  }

  /**
   * Starts from a named profile.
   *
   * @param profile conservative, moderate or aggressive
   * @throws QilinException INVALID_CONFIGURATION for another name
   */
  public static Builder builder(String profile) {
    return new Builder(profile);
  }

  /** Starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes single limits of a profile. Not thread-safe. */
  public static final class Builder {
    private String profile;
    private double single;
    private double total;
    private double sector;
    private double positionLoss;
    private double oneDayStress;
    private double twoDayStress;
    private double lockedStress;
    private double drawdown = 0.15;
    private double dailyLoss = 0.05;
    private double valueAtRisk = 0.05;
    private double volumeShare = 0.05;
    private long minVolume = 1_000_000;
    private double minTurnover = 0.01;
    private Set<Board> boards =
        EnumSet.of(Board.SSE_MAIN, Board.STAR, Board.SZSE_MAIN, Board.CHINEXT, Board.BSE);
    private Set<RiskWarning> warnings = EnumSet.of(RiskWarning.NONE);
    private boolean requireStatus = true;
    private boolean continuous;
    private Optional<Money> highWaterMark = Optional.empty();
    private Optional<Money> dayStart = Optional.empty();
    private Map<Symbol, String> sectors = Map.of();

    private Builder(String profile) {
      this.profile = profile;
      switch (profile) {
        case "conservative" -> limits(0.10, 0.60, 0.25).losses(0.02, 0.08, 0.14, 0.20);
        case "moderate" -> limits(0.15, 0.80, 0.35).losses(0.03, 0.12, 0.21, 0.30);
        case "aggressive" -> limits(0.20, 0.95, 0.50).losses(0.05, 0.16, 0.28, 0.40);
        default ->
          throw new QilinException(
              ErrorCode.INVALID_CONFIGURATION,
              "a risk profile is conservative, moderate or aggressive, was "
                  + QilinException.quote(profile));
      }
    }

    private Builder(RiskSettings from) {
      profile = from.profile;
      limits(from.single, from.total, from.sector);
      losses(from.positionLoss, from.oneDayStress, from.twoDayStress, from.lockedStress);
      drawdown = from.drawdown;
      dailyLoss = from.dailyLoss;
      valueAtRisk = from.valueAtRisk;
      volumeShare = from.volumeShare;
      minVolume = from.minVolume;
      minTurnover = from.minTurnover;
      boards = from.boards;
      warnings = from.warnings;
      requireStatus = from.requireStatus;
      continuous = from.continuous;
      highWaterMark = from.highWaterMark;
      dayStart = from.dayStart;
      sectors = from.sectors;
    }

    /** A name for people; the profile's unless set. */
    public Builder profile(String name) {
      profile = name;
      return this;
    }

    /**
     * Most that one share, all shares, and the shares of a sector may be worth; the profile's
     * unless set.
     */
    public Builder limits(double single, double total, double sector) {
      this.single = single;
      this.total = total;
      this.sector = sector;
      return this;
    }

    /**
     * Most that a position may lose in a day, and the portfolio in one, two and three days locked at
     * limit-down; the profile's unless set.
     */
    public Builder losses(double position, double oneDay, double twoDays, double threeDays) {
      positionLoss = position;
      oneDayStress = oneDay;
      twoDayStress = twoDays;
      lockedStress = threeDays;
      return this;
    }

    /** Fall of the equity at which nothing more is bought; 0.15 unless set. */
    public Builder drawdown(double fraction) {
      drawdown = fraction;
      return this;
    }

    /** Fall of the equity since the start of the day at which nothing more is bought; 0.05 unless set. */
    public Builder dailyLoss(double fraction) {
      dailyLoss = fraction;
      return this;
    }

    /** Most that a bad day may take; 0.05 unless set. */
    public Builder valueAtRisk(double fraction) {
      valueAtRisk = fraction;
      return this;
    }

    /**
     * Least volume a day in shares, and as a fraction of the free float, 0 for none; 1 000 000 and 0.01
     * unless set.
     */
    public Builder liquidity(long volume, double turnover) {
      minVolume = volume;
      minTurnover = turnover;
      return this;
    }

    /** Most of the average daily volume that one order may be; 0.05 unless set. */
    public Builder volumeShare(double fraction) {
      volumeShare = fraction;
      return this;
    }

    /** Where may be bought; all boards but the funds unless set. */
    public Builder boards(Set<Board> permitted) {
      boards = permitted;
      return this;
    }

    /** Which risk warnings may be bought; only NONE unless set. */
    public Builder warnings(Set<RiskWarning> permitted) {
      warnings = permitted;
      return this;
    }

    /** Whether a share of unknown status is refused; true unless set. */
    public Builder requireStatus(boolean required) {
      requireStatus = required;
      return this;
    }

    /**
     * Whether orders are sent while trading is continuous; false unless set: they go into the
     * opening auction.
     */
    public Builder continuous(boolean during) {
      continuous = during;
      return this;
    }

    /** The account's highest equity so far; not known unless set. */
    public Builder highWaterMark(Money equity) {
      highWaterMark = Optional.of(equity);
      return this;
    }

    /** The account's equity at the start of the day; not known unless set. */
    public Builder dayStart(Money equity) {
      dayStart = Optional.of(equity);
      return this;
    }

    /** Sector by share, of every share that may be bought; none unless set. */
    public Builder sectors(Map<Symbol, String> bySymbol) {
      sectors = bySymbol;
      return this;
    }

    /**
     * The settings.
     *
     * @throws QilinException INVALID_CONFIGURATION if a limit is out of its range
     */
    public RiskSettings build() {
      return new RiskSettings(
          profile,
          single,
          total,
          sector,
          positionLoss,
          oneDayStress,
          twoDayStress,
          lockedStress,
          drawdown,
          dailyLoss,
          valueAtRisk,
          volumeShare,
          minVolume,
          minTurnover,
          boards,
          warnings,
          requireStatus,
          continuous,
          highWaterMark,
          dayStart,
          sectors);
    }
  }
}
