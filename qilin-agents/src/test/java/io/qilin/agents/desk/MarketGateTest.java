package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketGateTest {
  private static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, 2);

  /** Shares that closed at 10 yuan, the first of them then at limit-down, the others changed by a fraction. */
  private static MarketSnapshot market(int shares, int down, double change) {
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.RAW);
    for (int k = 0; k < shares; k++) {
      double close = k < down ? 9 : Math.round(1000 * (1 + change)) / 100.0;
      Symbol symbol = Symbol.parse(String.format(Locale.ROOT, "6%05d.SH", k));
      for (Field field : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE)) {
        double low =
            field.equals(Field.LOW) || field.equals(Field.CLOSE) ? close : Math.max(10, close);
        builder.column(symbol, field, 0, new double[] {10, low});
      }
      builder.column(symbol, Field.FACTOR, 0, new double[] {1, 1});
    }
    return Snapshots.of(DeskMarkets.bars(builder.build()), Map.of(), DAYS.get(1));
  }

  private static Optional<String> outcome(MarketGate gate, MarketSnapshot snapshot) {
    return gate.stop(snapshot, Map.of(), new LimitUpMemo()).map(MarketGate.Stop::outcome);
  }

  @Test
  void whenTheMarketFallsAndManyAreLocked_thenTheBreakerStops() {
    assertThat(outcome(MarketGate.DEFAULT, market(40, 2, -0.02))).contains(MarketGate.BREAKER);
    assertThat(outcome(MarketGate.DEFAULT, market(40, 2, -0.004))).isEmpty();
    assertThat(outcome(MarketGate.DEFAULT, market(40, 1, -0.03))).isEmpty();
    assertThat(outcome(new MarketGate(true, 4), market(40, 1, -0.03))).contains(MarketGate.BREAKER);
    assertThat(outcome(new MarketGate(true, 3), market(40, 2, 0.01))).contains(MarketGate.BREAKER);
    assertThat(outcome(MarketGate.OPEN, market(40, 40, 0))).isEmpty();
    assertThat(outcome(MarketGate.DEFAULT, market(29, 29, 0))).isEmpty();
    assertThat(MarketGate.DEFAULT
            .stop(market(40, 2, -0.02), Map.of(), new LimitUpMemo())
            .orElseThrow()
            .detail())
        .contains("-2.40 %", "2 of 40", "score of 5");
  }

  @Test
  void whenTheEcologyIsFrozen_thenEveryShareIsHeldBack() {
    Symbol symbol = Symbol.parse("600001.SH");
    Opinion ice = new Opinion.Abstained(
        "market-ecology", symbol, "x", 0, List.of(), List.of("PHASE_ICE"), List.of());
    Opinion other =
        new Opinion.Abstained("market", symbol, "x", 0, List.of(), List.of("PHASE_ICE"), List.of());
    MarketSnapshot calm = market(40, 0, 0);
    assertThat(MarketGate.DEFAULT
            .stop(calm, Map.of(symbol, List.of(other, ice)), new LimitUpMemo())
            .map(MarketGate.Stop::outcome))
        .contains(MarketGate.ICE);
    assertThat(MarketGate.DEFAULT.stop(calm, Map.of(symbol, List.of(other)), new LimitUpMemo()))
        .isEmpty();
    assertThat(MarketGate.OPEN.stop(calm, Map.of(symbol, List.of(ice)), new LimitUpMemo()))
        .isEmpty();
  }

  @Test
  void whenTheLimitIsNoScore_thenItIsRefused() {
    assertThatThrownBy(() -> new MarketGate(true, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new MarketGate(true, 9)).isInstanceOf(QilinException.class);
  }
}
