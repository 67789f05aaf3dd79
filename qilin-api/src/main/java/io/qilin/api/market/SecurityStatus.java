package io.qilin.api.market;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an A-share was during one period: dated, because names, warnings and even boards change.
 *
 * @param symbol the share
 * @param from first day on which this holds
 * @param board where it was listed
 * @param name the name with its prefix, for example {@code *ST海润}
 * @param riskWarning the exchange's warning
 * @param listDate first trading day of the listing, if known; decides the days without price limit
 * @param delistDate first day on which it is not listed any more, if known
 * @param totalShares all shares of the company (总股本), if known
 * @param floatShares shares that may be traded (流通股本), if known
 * @param freeFloatShares shares of these that nobody holds for good (自由流通股本), if known
 */
public record SecurityStatus(
    Symbol symbol,
    LocalDate from,
    Board board,
    String name,
    RiskWarning riskWarning,
    Optional<LocalDate> listDate,
    Optional<LocalDate> delistDate,
    OptionalLong totalShares,
    OptionalLong floatShares,
    OptionalLong freeFloatShares) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if the board belongs to another exchange, a number of shares is not positive
   *     or larger than the one that includes it, or the listing ends before it begins
   */
  public SecurityStatus {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(board, "board");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(riskWarning, "riskWarning");
    Objects.requireNonNull(listDate, "listDate");
    Objects.requireNonNull(freeFloatShares, "freeFloatShares");
    if (board.exchange() != symbol.exchange()) {
      throw QilinException.invalid(symbol + " cannot be on board " + board);
    }
    Objects.requireNonNull(delistDate, "delistDate");
    Objects.requireNonNull(totalShares, "totalShares");
    Objects.requireNonNull(floatShares, "floatShares");
    if (listDate.isPresent()
        && delistDate.isPresent()
        && delistDate.get().isBefore(listDate.get())) {
      throw QilinException.invalid("the listing of " + symbol + " ends on " + delistDate.get()
          + ", before it begins on " + listDate.get());
    }
    long most = Long.MAX_VALUE;
    most = shares(symbol, "total shares", totalShares, most);
    most = shares(symbol, "float shares", floatShares, most);
    shares(symbol, "free-float shares", freeFloatShares, most);
  }

  /** A status without what few sources know: the end of the listing, total and float shares. */
  public SecurityStatus(
      Symbol symbol,
      LocalDate from,
      Board board,
      String name,
      RiskWarning riskWarning,
      Optional<LocalDate> listDate,
      OptionalLong freeFloatShares) {
    this(
        symbol,
        from,
        board,
        name,
        riskWarning,
        listDate,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        freeFloatShares);
  }

  /** Checks one number of shares and returns the most that a part of them can be. */
  private static long shares(Symbol symbol, String name, OptionalLong shares, long most) {
    long number = shares.orElse(most);
    if (number <= 0) {
      throw QilinException.invalid(name + " of " + symbol + " must be positive, were " + number);
    }
    if (number > most) {
      throw QilinException.invalid(name + " of " + symbol + " are " + number + ", more than the "
          + most + " they are part of");
    }
    return number;
  }
}
