package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtremeMoveTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0.01,0.01,false",
    "-0.0699,0,0.01,0.01,false",
    "-0.07,0,0.01,0.01,true",
    "0.1499,0,0.01,0.01,false",
    "0.15,0,0.01,0.01,true",
    "0,-0.0499,0.01,0.01,false",
    "0,-0.05,0.01,0.01,true",
    "0,0.2,0.01,0.01,false",
    "0,0,0.0299,0.01,false",
    "0,0,0.03,0.01,true"
  })
  void whenAMoveReachesALimit_thenItIsExtreme(
      double move, double bar, double volatility, double usual, boolean extreme) {
    assertThat(ExtremeMove.DEFAULT
            .objection(new IntradayMove(move, bar, volatility, usual))
            .isPresent())
        .isEqualTo(extreme);
  }

  @Test
  void whenTheMoveIsNotKnown_thenNothingIsBoughtButMayBeSold() {
    Map<Symbol, IntradayMove> moves = Map.of(MAIN, new IntradayMove(Double.NaN, 0, 0.01, 0.01));
    RiskGate gate = RiskGate.of(List.of(RiskRules.extremeMove(
        ExtremeMove.DEFAULT, symbol -> Optional.ofNullable(moves.get(symbol)))));
    assertThat(gate.objections(buy(MAIN, "10.00", 100), cash()))
        .singleElement()
        .satisfies(reject -> assertThat(reject.reason()).contains("not known", "NaN"));
    assertThat(gate.objections(buy(OTHER, "10.00", 100), cash()))
        .singleElement()
        .satisfies(reject -> assertThat(reject.reason()).contains(OTHER.toString(), "supply"));
    assertThat(gate.objections(sell(MAIN, "10.00", 100), context(with("0", Map.of(MAIN, 100L)))))
        .isEmpty();
  }

  @Test
  void whenALimitMakesNoSense_thenItIsRefused() {
    assertThatThrownBy(() -> new ExtremeMove(0, 0.15, 0.05, 3)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new ExtremeMove(0.07, 0.15, 0.05, 1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new ExtremeMove(0.07, Double.NaN, 0.05, 3))
        .isInstanceOf(QilinException.class);
  }
}
