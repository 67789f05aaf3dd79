package io.qilin.core.adjust;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds prices that are read as raw but are adjusted, before limits, lots and fees are computed from them. A share is
 * suspected for one of three signs, each over its own rows:
 *
 * <ul>
 *   <li>a close that is negative, which forward adjustment by subtraction makes of old prices;
 *   <li>at least 10 closes, and one in five, off the tick, although raw prices lie on it; a series that is on the tick at its
 *       end is forward-adjusted, one that is on it at its beginning backward-adjusted;
 *   <li>at least 10 reference prices {@code $pre_close}, and every other one, that are not the close before, although raw
 *       ones differ on ex-dates only.
 * </ul>
 *
 * <p>Prices that were kept as 32-bit floats count as on the tick. What a vendor has adjusted, rounded to the tick, and given without a reference price does not show. Instruments without a
 * known tick are not judged. Stateless.
 */
public final class RawPriceCheck {
  private static final int FEWEST = 10;
  private static final int OFF_TICK_ONE_IN = 5;
  private static final int CONTRADICTED_ONE_IN = 2;
  private static final int EDGE = 3;
  private static final int SHOWN = 3;
  private static final double ROUNDING = 1e-6;
  /** Prices that once were 32-bit floats, divided by a factor that was one too, are off by a part of this. */
  private static final double SINGLE = 0x1p-22;

  private static final double MOST_ROUNDING = 0.1;

  private RawPriceCheck() {}

  /**
   * The shares that are suspected, in the order of the panel; none if the panel says itself that it is adjusted.
   *
   * @param panel daily bars; without {@code $close} nothing is judged
   */
  public static List<AdjustedShare> suspects(Panel panel) {
    List<AdjustedShare> suspects = new ArrayList<>();
    if (panel.adjustment() == Adjustment.RAW && panel.has(Field.CLOSE)) {
      PanelColumn close = panel.column(Field.CLOSE);
      Optional<PanelColumn> reference = panel.has(Field.PRE_CLOSE)
          ? Optional.of(panel.column(Field.PRE_CLOSE))
          : Optional.empty();
      for (int i = 0; i < panel.symbols().size(); i++) {
        judge(panel, i, close, reference).ifPresent(suspects::add);
      }
    }
    return suspects;
  }

  /**
   * Refuses a panel with a suspected share.
   *
   * @throws QilinException INVALID_ARGUMENT if the panel says that it is adjusted, DATA_QUALITY if it looks so
   */
  public static void require(Panel panel) {
    SharePrices.requireRaw(panel, "price limits, lots and fees");
    List<AdjustedShare> suspects = suspects(panel);
    if (!suspects.isEmpty()) {
      throw new QilinException(
          ErrorCode.DATA_QUALITY,
          "the bars are read as RAW, but " + suspects.size() + " of "
              + panel.symbols().size()
              + " shares look adjusted; read them as what they are, with their factor, and convert"
              + " them with withAdjustment(RAW). "
              + suspects.stream()
                  .limit(SHOWN)
                  .map(AdjustedShare::toString)
                  .collect(Collectors.joining("; ")));
    }
  }

  private static Optional<AdjustedShare> judge(
      Panel panel, int instrument, PanelColumn close, Optional<PanelColumn> reference) {
    Symbol symbol = panel.symbols().get(instrument);
    Optional<Integer> tick = SharePrices.tickMills(symbol);
    if (tick.isEmpty()) {
      return Optional.empty();
    }
    double ticksPerYuan = 1000.0 / tick.get();
    Signs offTick = new Signs();
    Signs contradicted = new Signs();
    double before = Double.NaN;
    for (int day = panel.firstRow(instrument); day < panel.endRow(instrument); day++) {
      double price = close.value(instrument, day);
      if (price < 0) {
        return Optional.of(new AdjustedShare(
            symbol,
            Optional.of(Adjustment.FORWARD),
            "the close of " + panel.days().get(day) + " is " + price));
      }
      double stated = reference.isPresent() ? reference.get().value(instrument, day) : Double.NaN;
      if (before > 0 && stated > 0) {
        contradicted.add(Math.abs(before - stated) * ticksPerYuan > 1.5);
      }
      if (price > 0) {
        offTick.add(isOff(price * ticksPerYuan));
        before = price;
      }
    }
    if (offTick.tell(OFF_TICK_ONE_IN)) {
      return Optional.of(new AdjustedShare(
          symbol,
          offTick.adjustment(),
          offTick.bad + " of " + offTick.all + " closes are off the tick of " + 1 / ticksPerYuan));
    }
    return contradicted.tell(CONTRADICTED_ONE_IN)
        ? Optional.of(new AdjustedShare(
            symbol,
            contradicted.adjustment(),
            contradicted.bad + " of " + contradicted.all + " reference prices are not the close"
                + " before"))
        : Optional.empty();
  }

  private static boolean isOff(double ticks) {
    double rounding = Math.min(Math.max(ROUNDING, SINGLE * Math.abs(ticks)), MOST_ROUNDING);
    return Math.abs(ticks - Math.rint(ticks)) > rounding;
  }

  /** Counts a sign over the rows of a share, and where it shows. */
  private static final class Signs {
    private int all;
    private int bad;
    private int badAtStart;
    private int goodInARow;

    void add(boolean sign) {
      all++;
      bad += sign ? 1 : 0;
      badAtStart += sign && all <= EDGE ? 1 : 0;
      goodInARow = sign ? 0 : goodInARow + 1;
    }

    boolean tell(int oneIn) {
      return bad >= FEWEST && (long) bad * oneIn >= all;
    }

    /** Adjusted prices equal raw ones at the end or at the beginning. */
    Optional<Adjustment> adjustment() {
      boolean rawAtEnd = goodInARow >= EDGE;
      boolean rawAtStart = badAtStart == 0;
      if (rawAtEnd == rawAtStart) {
        return Optional.empty();
      }
      return Optional.of(rawAtEnd ? Adjustment.FORWARD : Adjustment.BACKWARD);
    }
  }
}
