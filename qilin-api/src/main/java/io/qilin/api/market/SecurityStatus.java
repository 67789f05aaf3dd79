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
 * @param freeFloatShares freely tradable shares (自由流通股本), if known
 */
public record SecurityStatus(
    Symbol symbol,
    LocalDate from,
    Board board,
    String name,
    RiskWarning riskWarning,
    Optional<LocalDate> listDate,
    OptionalLong freeFloatShares) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if the board belongs to another exchange or the float is not positive
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
    if (freeFloatShares.isPresent() && freeFloatShares.getAsLong() <= 0) {
      throw QilinException.invalid("free-float shares of " + symbol + " must be positive");
    }
  }
}
