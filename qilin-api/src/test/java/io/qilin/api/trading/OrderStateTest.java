package io.qilin.api.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.OrderState.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStateTest {
  private static final ClientOrderId ID = ClientOrderId.parse("a-1");
  private static final Order ORDER =
      new Order(Symbol.parse("600519.SH"), Side.BUY, new BigDecimal("10.005"), 300);
  private static final Rejection WHY = Rejection.of(RejectReason.SUSPENDED, "suspended");

  private static Fill fill(long shares) {
    return new Fill(Instant.EPOCH, new BigDecimal("10.005"), shares, Money.parse("5.01"));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @CsvSource({"0, NEW, true", "100, PARTIALLY_FILLED, true", "300, FILLED, false"})
  void whenSoMuchIsFilled_thenThatIsTheStatus(long shares, Status status, boolean open) {
    List<Fill> fills = shares == 0 ? List.of() : List.of(fill(shares));
    OrderState state = OrderState.working(ID, ORDER, fills);
    assertThat(state.status()).isEqualTo(status);
    assertThat(state.status().isOpen()).isEqualTo(open);
    assertThat(state.filledShares()).isEqualTo(shares);
    assertThat(state.remainingShares()).isEqualTo(300 - shares);
  }

  @Test
  void whenFilledInParts_thenAmountsAndFeesAreExact() {
    OrderState state = OrderState.working(ID, ORDER, List.of(fill(100), fill(1)));
    assertThat(state.fees()).isEqualTo(Money.parse("10.02"));
    assertThat(state.fills().get(0).amount()).isEqualTo(Money.parse("1000.50"));
    assertThat(state.fills().get(1).amount()).isEqualTo(Money.parse("10.01"));
  }

  @Test
  void whenEnded_thenTheFillsStay() {
    OrderState ended =
        OrderState.working(ID, ORDER, List.of(fill(100))).cancelled(Optional.of(WHY));
    assertThat(ended.status()).isEqualTo(Status.CANCELLED);
    assertThat(ended.filledShares()).isEqualTo(100);
    assertThat(ended.rejection()).contains(WHY);
    assertRefused(
        () -> OrderState.working(ID, ORDER, List.of(fill(300))).cancelled(Optional.empty()));
  }

  @Test
  void whenThePartsContradictEachOther_thenItIsRefused() {
    assertRefused(() -> OrderState.working(ID, ORDER, List.of(fill(200), fill(101))));
    assertRefused(
        () -> OrderState.working(ID, ORDER, List.of(fill(Long.MAX_VALUE), fill(Long.MAX_VALUE))));
    assertRefused(
        () -> new OrderState(ID, ORDER, Status.NEW, List.of(fill(100)), Optional.empty()));
    assertRefused(
        () -> new OrderState(ID, ORDER, Status.FILLED, List.of(fill(100)), Optional.empty()));
    assertRefused(
        () -> new OrderState(ID, ORDER, Status.PARTIALLY_FILLED, List.of(), Optional.empty()));
    assertRefused(() -> new OrderState(ID, ORDER, Status.REJECTED, List.of(), Optional.empty()));
    assertRefused(() -> new OrderState(ID, ORDER, Status.NEW, List.of(), Optional.of(WHY)));
  }

  @Test
  void whenAFillHasWrongSigns_thenItIsRefused() {
    Money fees = Money.ZERO;
    assertRefused(() -> new Fill(Instant.EPOCH, BigDecimal.ZERO, 100, fees));
    assertRefused(() -> new Fill(Instant.EPOCH, BigDecimal.ONE, 0, fees));
    assertRefused(() -> new Fill(Instant.EPOCH, BigDecimal.ONE, 100, Money.ofFen(-1)));
  }

  @Test
  void whenMoneyOrRoomIsMissing_thenTheRejectionHasTheFigures() {
    assertThat(Rejection.insufficientFunds(Money.parse("1005.10"), Money.parse("3"))
            .figures())
        .containsEntry(Rejection.REQUIRED, new BigDecimal("1005.10"))
        .containsEntry(Rejection.AVAILABLE, new BigDecimal("3.00"));
    Rejection limit = Rejection.positionLimit(500, 600);
    assertThat(limit.figures())
        .containsEntry(Rejection.CURRENT, BigDecimal.valueOf(500))
        .containsEntry(Rejection.LIMIT, BigDecimal.valueOf(600));
    assertThat(limit.reason()).isEqualTo(RejectReason.POSITION_LIMIT);
  }

  @Test
  void whenABrokerAnswers_thenEachCaseHasItsOwn() {
    assertThat(text(OrderAck.accepted(OrderState.working(ID, ORDER, List.of()))))
        .isEqualTo("NEW");
    assertThat(text(OrderAck.rejected(WHY))).isEqualTo("SUSPENDED");
    assertThat(text(OrderAck.unknown("3 s"))).isEqualTo("3 s");
  }

  private static String text(OrderAck ack) {
    return ack.fold(
        accepted -> accepted.state().status().name(),
        rejected -> rejected.rejection().reason().name(),
        OrderAck.Unknown::message);
  }
}
