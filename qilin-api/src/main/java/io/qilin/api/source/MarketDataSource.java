package io.qilin.api.source;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
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

  /**
   * Reads records of one kind as they were known at the query's moment, whole or not at all.
   *
   * @return an answer without rows if the source has the kind, but nothing that answers the query
   * @throws QilinException UNSUPPORTED if not declared; DATA_FORMAT with file and line; LIMIT_EXCEEDED; IO
   */
  default <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    throw new QilinException(
        ErrorCode.UNSUPPORTED, "this source does not serve " + DataCapability.of(query.type()));
  }

  @Override
  void close();
}
