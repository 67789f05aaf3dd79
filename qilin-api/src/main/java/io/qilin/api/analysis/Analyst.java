package io.qilin.api.analysis;

import io.qilin.api.market.Symbol;
import java.util.Map;

/**
 * Looks at a market from one side and says what it thinks of its shares for the next session.
 *
 * <p>An analyst is a pure function of the snapshot: no clock, no network, no state. It may be called by several threads
 * at once. What it does not know it does not score: it abstains.
 */
public interface Analyst {
  /** Unique name, kebab-case, for example {@code limit-up-quality}. */
  String id();

  /** A title in English and Chinese, for example {@code Limit-up quality (涨停质量)}. */
  String title();

  /**
   * One opinion for every instrument of the snapshot that has traded on the snapshot's day.
   *
   * @return by symbol; an instrument that is left out is one the analyst has nothing to say about
   */
  Map<Symbol, Opinion> analyze(MarketSnapshot snapshot);
}
