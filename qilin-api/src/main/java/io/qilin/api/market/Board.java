package io.qilin.api.market;

/** The board on which an A-share is listed; it decides price limits, lots and trading rules. */
public enum Board {
  /** Shanghai main board (上证主板). */
  SSE_MAIN(Exchange.SSE),
  /** STAR market (科创板), open since 2019-07-22. */
  STAR(Exchange.SSE),
  /** Shenzhen main board (深证主板), with the former SME board. */
  SZSE_MAIN(Exchange.SZSE),
  /** ChiNext (创业板), open since 2009-10-30. */
  CHINEXT(Exchange.SZSE),
  /** Beijing Stock Exchange (北交所), open since 2021-11-15. */
  BSE(Exchange.BSE),
  /** Exchange-traded funds and listed funds of Shanghai. */
  SSE_FUND(Exchange.SSE),
  /** Exchange-traded funds and listed funds of Shenzhen. */
  SZSE_FUND(Exchange.SZSE);

  private final Exchange exchange;

  Board(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The exchange that runs the board. */
  public Exchange exchange() {
    return exchange;
  }
}
