package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Portfolio;
import io.qilin.data.csv.CsvTextTable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an account owns: a CSV file with the columns instrument, shares, cost (yuan, with fees)
 * and sellable_from (first day on which they may be sold; empty if they may be now), one row a lot,
 * and one row CASH whose cost is the cash.
 */
final class PortfolioFile {
  private static final String CASH = "CASH";
  private static final List<String> HEADER =
      List.of("instrument", "shares", "cost", "sellable_from");

  private final Path path;
  private final LocalDate today;

  private PortfolioFile(Path path, LocalDate today) {
    this.path = path;
    this.today = today;
  }

  /**
   * Reads a file.
   *
   * @param today the day from which lots without a day are sellable
   */
  static Portfolio read(Path path, LocalDate today) {
    return new PortfolioFile(path, today).portfolio();
  }

  private Portfolio portfolio() {
    CsvTextTable table = CsvTextTable.read(path);
    if (!table.header().equals(HEADER)) {
      throw wrong(
          1,
          "the header is " + String.join(",", HEADER) + ", was "
              + QilinException.quote(String.join(",", table.header())),
          null);
    }
    Money cash = Money.ZERO;
    boolean cashStated = false;
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> row = table.rows().get(i);
      try {
        if (row.get(0).equals(CASH)) {
          cash = cash.plus(Money.parse(row.get(2)));
          cashStated = true;
        } else {
          holdings
              .computeIfAbsent(Symbol.parseAny(row.get(0)), s -> new ArrayList<>())
              .add(lot(row));
        }
      } catch (QilinException | NumberFormatException | DateTimeException e) {
        throw wrong(i + 2, String.valueOf(e.getMessage()), e);
      }
    }
    if (!cashStated) {
      throw wrong(1, "there is no row CASH; state the cash, even if it is 0", null);
    }
    return new Portfolio(cash, holdings);
  }

  private Holding lot(List<String> row) {
    LocalDate sellable = row.get(3).isEmpty() ? today : LocalDate.parse(row.get(3));
    return new Holding(Long.parseLong(row.get(1)), Money.parse(row.get(2)), sellable);
  }

  private QilinException wrong(int line, String what, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        QilinException.quote(path.toString()) + ", row " + line + ": " + what,
        cause);
  }
}
