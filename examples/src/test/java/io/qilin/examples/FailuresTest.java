package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
  private final Failures failures = new Failures(new Terminal(stream, stream, false));

  private String failed(Throwable failure, boolean debug) {
    assertThat(failures.failed(failure, debug)).isEqualTo(ExitCode.ERROR);
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whenTyped_thenOneLine() {
    assertThat(failed(new QilinException(ErrorCode.DATA_FORMAT, "a\nb\u001B"), false))
        .isEqualTo("QILIN-2003 a b\\u001B\n".replace("\n", System.lineSeparator()));
  }

  @Test
  void whenAnExpressionIsWrong_thenThePlaceIsShown() {
    assertThat(failed(
                new QilinException(ErrorCode.EXPRESSION_SYNTAX, "what\n  Means($close)\n  ^"),
                false)
            .lines())
        .containsExactly("QILIN-2100 what", "  Means($close)", "  ^");
  }

  @Test
  void whenUnforeseen_thenCode1000AndAHint() {
    assertThat(failed(new IllegalStateException("boom"), false).lines())
        .singleElement()
        .asString()
        .startsWith("QILIN-1000 IllegalStateException: boom")
        .contains("report");
  }

  @Test
  void whenTheMemoryIsShort_thenTheHintNamesTheOption() {
    assertThat(failed(new OutOfMemoryError("Java heap space"), false))
        .startsWith("QILIN-5001 ")
        .contains("-Xmx");
  }

  @Test
  void whenTheStackOverflows_thenOneLine() {
    assertThat(failed(new StackOverflowError(), false).lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("QILIN-1000 ");
  }

  @Test
  void whenTheMessageIsEndless_thenItIsCut() {
    assertThat(failed(QilinException.invalid("x".repeat(1_000_000)), false).length())
        .isLessThan(2100);
  }
}
