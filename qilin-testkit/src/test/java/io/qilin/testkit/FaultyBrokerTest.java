package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.RejectReason;
import io.qilin.testkit.FaultyBroker.Fault;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultyBrokerTest {
  private static final ClientOrderId ID = ClientOrderId.parse("a");

  private final MemoryBroker broker = new MemoryBroker();

  private FaultyBroker faulty(Fault... script) {
    broker.connect();
    return new FaultyBroker(broker, List.of(script));
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenTheCallIsLost_thenTheBrokerDoesNotHaveIt() {
    FaultyBroker faulty = faulty(Fault.LOST);
    assertThat(faulty.submit(ID, MemoryBroker.FILLED)).isInstanceOf(OrderAck.Unknown.class);
    assertThat(broker.query(ID)).isEmpty();
    assertThat(faulty.query(ID)).isEmpty();
  }

  @Test
  void whenTheAnswerIsLost_thenTheBrokerHasIt() {
    FaultyBroker faulty = faulty(Fault.ANSWER_LOST);
    assertThat(faulty.submit(ID, MemoryBroker.FILLED)).isInstanceOf(OrderAck.Unknown.class);
    assertThat(broker.query(ID)).isPresent();
    assertThat(faulty.submitted()).isEqualTo(1);
  }

  @Test
  void whenTheCallIsLate_thenItArrivesAfterTheNextAnswer() {
    FaultyBroker faulty = faulty(Fault.LATE);
    assertCode(ErrorCode.TIMEOUT, () -> faulty.submit(ID, MemoryBroker.FILLED));
    assertThat(faulty.query(ID)).isEmpty();
    assertThat(faulty.query(ID)).isPresent();
  }

  @Test
  void whenNobodyCallsAgain_thenSettlingLetsItArrive() {
    FaultyBroker faulty = faulty(Fault.LATE);
    assertCode(ErrorCode.TIMEOUT, () -> faulty.submit(ID, MemoryBroker.FILLED));
    faulty.settle();
    assertThat(broker.query(ID)).isPresent();
  }

  @Test
  void whenDisconnected_thenNothingWorksUntilConnected() {
    FaultyBroker faulty = faulty(Fault.DISCONNECTED, Fault.DISCONNECTED, Fault.NONE);
    assertCode(ErrorCode.NETWORK, () -> faulty.submit(ID, MemoryBroker.FILLED));
    assertThat(faulty.connected()).isFalse();
    assertCode(ErrorCode.NETWORK, () -> faulty.query(ID));
    assertCode(ErrorCode.NETWORK, faulty::connect);
    assertThat(faulty.connected()).isFalse();
    faulty.connect();
    assertThat(faulty.connected()).isTrue();
    assertThat(faulty.query(ID)).isEmpty();
  }

  @Test
  void whenDisconnectedAfterTheCall_thenTheBrokerHasIt() {
    FaultyBroker faulty = faulty(Fault.ANSWER_DISCONNECTED);
    assertCode(ErrorCode.NETWORK, () -> faulty.submit(ID, MemoryBroker.FILLED));
    assertThat(broker.query(ID)).isPresent();
  }

  @Test
  void whenThrottled_thenTheOrderIsRefusedForTheMoment() {
    FaultyBroker faulty = faulty(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.THROTTLED);
    assertThat(faulty.submit(ID, MemoryBroker.FILLED))
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            ack -> assertThat(ack.rejection().reason()).isEqualTo(RejectReason.THROTTLED));
    assertThat(faulty.submit(ID, MemoryBroker.FILLED))
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            ack -> assertThat(ack.rejection().reason()).isEqualTo(RejectReason.UNAVAILABLE));
    assertThat(faulty.query(ID)).isEmpty();
    assertThat(faulty.submit(ID, MemoryBroker.FILLED)).isInstanceOf(OrderAck.Accepted.class);
  }
}
