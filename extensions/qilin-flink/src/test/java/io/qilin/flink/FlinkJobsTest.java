package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.ConnectException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

/** What a job has thrown has the code of the cause that says what happened. */
class FlinkJobsTest {
  private static ErrorCode code(Throwable failure) {
    return FlinkJobs.failure("the job", failure).code();
  }

  @Test
  void whenACauseIsOfQilin_thenItsCodeIsTold() {
    QilinException cause = new QilinException(ErrorCode.DATA_CONFLICT, "two rows");
    QilinException told = FlinkJobs.failure(
        "the job", new Exception("failed", new SerializedThrowable(new Exception(cause))));
    assertThat(told.code()).isEqualTo(ErrorCode.DATA_CONFLICT);
    assertThat(told).hasMessageContaining("two rows").hasMessageContaining("the job");
  }

  @Test
  void whenACauseIsOfThePartner_thenItsKindIsTold() {
    assertThat(code(new Exception(new ConnectException("refused")))).isEqualTo(ErrorCode.NETWORK);
    assertThat(code(new Exception(new org.apache.kafka.common.errors.TimeoutException("late"))))
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(code(new SerializedThrowable(
            new Exception(new SaslAuthenticationException("wrong password")))))
        .isEqualTo(ErrorCode.AUTHENTICATION);
    QilinException unknown = FlinkJobs.failure(
        "the job", new Exception("outside", new IllegalArgumentException("one uid twice")));
    assertThat(unknown.code()).isEqualTo(ErrorCode.SYSTEM);
    assertThat(unknown).hasMessageContaining("one uid twice");
  }

  @Test
  void whenTheThreadIsInterrupted_thenItStaysSo() {
    assertThat(code(new InterruptedException())).isEqualTo(ErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }
}
