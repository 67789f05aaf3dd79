package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import java.util.Locale;

/** How a service writes an instrument. */
public enum SymbolForm {
  /** {@code 600519.SH}. */
  SUFFIX {
    @Override
    String write(Symbol symbol) {
      return symbol.toString();
    }
  },
  /** {@code sh600519}. */
  PREFIX {
    @Override
    String write(Symbol symbol) {
      return symbol.qlib().toLowerCase(Locale.ROOT);
    }
  },
  /**
   * {@code 600519}. The exchange follows from the first digits of shares and funds; an index such as {@code 000001} of
   * Shanghai is read as the share of Shenzhen that has this code.
   */
  CODE {
    @Override
    String write(Symbol symbol) {
      return symbol.code();
    }

    @Override
    Symbol read(String text) {
      return new Symbol(text, exchange(text));
    }
  };

  /** The name of an instrument in a request. */
  abstract String write(Symbol symbol);

  /**
   * The instrument of an answer.
   *
   * @throws QilinException INVALID_ARGUMENT if it is none
   */
  Symbol read(String text) {
    return Symbol.parse(text);
  }

  private static Exchange exchange(String code) {
    if (code.startsWith("92") || code.startsWith("4") || code.startsWith("8")) {
      return Exchange.BSE;
    }
    return code.startsWith("5") || code.startsWith("6") || code.startsWith("9")
        ? Exchange.SSE
        : Exchange.SZSE;
  }
}
