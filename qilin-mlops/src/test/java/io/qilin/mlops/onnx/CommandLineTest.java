package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @Test
  void whenTheCommandLineIsLong_thenOnnxRuntimeIsNotStarted() {
    assertThatCode(() -> CommandLine.requireShort(3_900)).doesNotThrowAnyException();
    assertThatThrownBy(() -> CommandLine.requireShort(3_901))
        .hasMessageContaining("CLASSPATH")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenAProcessHasALongClassPath_thenItGetsAnErrorInsteadOfACrash(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/cmdline")), "only Linux tells the command line");
    String padded = System.getProperty("java.class.path") + ":" + "x".repeat(4_000);
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            padded,
            LongCommandLineChild.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
    try {
      assertThat(child.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS))
          .isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).isZero();
    assertThat(Files.readString(folder.resolve("out"), StandardCharsets.UTF_8))
        .contains("QILIN-1003 the command line of this process");
  }
}
