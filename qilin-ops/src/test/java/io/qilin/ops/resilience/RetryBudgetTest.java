package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  @Test
  void whenTheShareChanges_thenWhatIsSavedIsNotSpentTwice() {
    RetryBudget before = new RetryBudget(0.5);
    for (int i = 0; i < 4; i++) {
      before.called();
    }
    RetryBudget after = before.withShare(1);
    assertThat(after.left()).isEqualTo(2);
    assertThat(before.take()).as("a call under way takes one").isTrue();
    assertThat(after.take()).isTrue();
    assertThat(after.take()).isFalse();
    assertThat(before.take()).isFalse();
    after.called();
    assertThat(before.left()).isEqualTo(1);
  }
}
