package io.qilin.api.market;

/** Where an instrument is listed. */
public enum Exchange {
  /** Shanghai Stock Exchange (上海证券交易所), suffix SH. */
  SSE("SH"),
  /** Shenzhen Stock Exchange (深圳证券交易所), suffix SZ. */
  SZSE("SZ"),
  /** Beijing Stock Exchange (北京证券交易所), suffix BJ. */
  BSE("BJ"),
  /**
   * Anything else: a foreign share, an index of a vendor, a synthetic series. Factors can be computed for it; the
   * A-share rule book refuses it.
   */
  OTHER("OTHER");

  private final String suffix;

  Exchange(String suffix) {
    this.suffix = suffix;
  }

  /** The suffix in {@code 600519.SH}, the prefix in {@code SH600519}. */
  public String suffix() {
    return suffix;
  }
}
