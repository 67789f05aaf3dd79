package io.qilin.core.adjust;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Corporate actions that bars imply: where the exchange's reference price {@code $pre_close} lies below the last close, there
 * is an ex-date, and a {@link Payout} that explains it. What was really given is not known, only what it was worth: a list of
 * real actions is better. Stateless.
 */
public final class ImpliedActions {
  private ImpliedActions() {}

  /**
   * The actions of all shares of a panel, by ex-date and symbol. A reference price above the last close, which only a rights
   * issue above the market gives, is passed over, as is a day of which either is not known.
   *
   * @param raw raw daily bars with {@code $close} and {@code $pre_close}
   * @throws QilinException INVALID_ARGUMENT if the prices are adjusted; DATA_NOT_FOUND without the fields
   */
  public static List<CorporateAction> of(Panel raw) {
    SharePrices.requireRaw(raw, "implied actions");
    PanelColumn close = raw.column(Field.CLOSE);
    PanelColumn stated = raw.column(Field.PRE_CLOSE);
    List<CorporateAction> actions = new ArrayList<>();
    for (int i = 0; i < raw.symbols().size(); i++) {
      int tick = SharePrices.tickMills(raw.symbols().get(i)).orElse(10);
      long last = 0;
      for (int day = raw.firstRow(i); day < raw.endRow(i); day++) {
        double reference = stated.value(i, day);
        long mills = SharePrices.isPrice(reference) ? PriceLimits.mills(reference) : 0;
        if (mills > 0 && mills < last) {
          Payout payout = Payout.of(last, mills, tick);
          actions.add(new CorporateAction(
              raw.symbols().get(i),
              raw.days().get(day),
              payout.cash(),
              payout.bonus(),
              BigDecimal.ZERO,
              BigDecimal.ZERO));
        }
        double price = close.value(i, day);
        last = SharePrices.isPrice(price) ? PriceLimits.mills(price) : last;
      }
    }
    actions.sort(null);
    return actions;
  }
}
