package io.qilin.api.source;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.util.Map;

/** An open source of market data. Safe for use by several threads. Closing twice is allowed. */
public interface MarketDataSource extends AutoCloseable {
  /**
   * Reads daily bars, whole or not at all.
   *
   * @throws QilinException UNSUPPORTED if not declared; DATA_FORMAT with file, line and column; DATA_NOT_FOUND if
   *     nothing answers the query; LIMIT_EXCEEDED; IO
   */
  Bars bars(BarQuery query);

  /**
   * Reads what every code stood for over time.
   *
   * @throws QilinException UNSUPPORTED if not declared; DATA_FORMAT; IO
   */
  Map<Symbol, SecurityTimeline> securities();

  @Override
  void close();
}
