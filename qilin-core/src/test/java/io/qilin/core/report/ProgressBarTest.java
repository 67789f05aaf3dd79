package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final List<String> terminal = new ArrayList<>();
  private final ProgressBar bar = new ProgressBar("factors", terminal::add);

  @Test
  void whenHalfIsDone_thenHalfTheBarIsFull() {
    assertThat(ProgressBar.line("factors", 150, 300))
        .isEqualTo("factors  ████████████░░░░░░░░░░░░   50%  150 / 300");
  }

  @Test
  void whenNothingIsToDo_thenAllIsDone() {
    assertThat(ProgressBar.line("x", 0, 0)).contains("100%");
  }

  @Test
  void whenThePercentageStays_thenNothingIsWritten() {
    bar.progress(1, 1000);
    bar.progress(2, 1000);
    assertThat(terminal).hasSize(1);
  }

  @Test
  void whenReportsCrossEachOther_thenTheBarNeverFalls() {
    bar.progress(50, 100);
    bar.progress(40, 100);
    bar.progress(100, 100);
    assertThat(terminal).hasSize(2).allSatisfy(text -> assertThat(text).startsWith("\r"));
    assertThat(terminal.get(1)).endsWith("100 / 100\n");
  }
}
