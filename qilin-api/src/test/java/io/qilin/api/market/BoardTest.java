package io.qilin.api.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoardTest {
  @Test
  void whenAskedForTheExchange_thenEachBoardHasOneOfTheThree() {
    assertThat(Board.STAR.exchange()).isEqualTo(Exchange.SSE);
    assertThat(Board.CHINEXT.exchange()).isEqualTo(Exchange.SZSE);
    assertThat(Board.BSE.exchange()).isEqualTo(Exchange.BSE);
    assertThat(Board.values()).noneMatch(board -> board.exchange() == Exchange.OTHER);
  }

  @Test
  void whenAskedForTheSuffix_thenItIsTheOneInASymbol() {
    assertThat(Exchange.values())
        .extracting(Exchange::suffix)
        .containsExactly("SH", "SZ", "BJ", "OTHER");
  }
}
