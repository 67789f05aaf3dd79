package io.qilin.api.progress;

import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.qilin.api.error.ErrorCode;
import org.junit.jupiter.api.Test;

class CancellationTest {
  @Test
  void whenNotCancelled_thenWorkGoesOn() {
    var cancellation = new Cancellation();
    assertThat(cancellation.isCancelled()).isFalse();
    assertThatCode(cancellation::check).doesNotThrowAnyException();
  }

  @Test
  void whenCancelledByAnotherThread_thenWorkStops() throws InterruptedException {
    var cancellation = new Cancellation();
    Thread other = new Thread(cancellation::cancel);
    other.start();
    other.join();
    assertThat(cancellation.isCancelled()).isTrue();
    assertRefused(ErrorCode.CANCELLED, cancellation::check);
    cancellation.cancel();
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void whenNobodyListens_thenProgressIsSwallowed() {
    assertThatCode(() -> ProgressListener.NONE.progress(1, 2)).doesNotThrowAnyException();
  }
}
