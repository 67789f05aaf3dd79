package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir
  private Path folder;

  @Test
  void whenALinkIsThere_thenTheFileItLeadsToIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    Path empty = Files.createSymbolicLink(folder.resolve("empty"), Path.of("later"));

    WholeFile.write(link, NEW);
    WholeFile.write(empty, NEW);

    assertThat(link).isSymbolicLink();
    assertThat(empty).isSymbolicLink();
    assertThat(file).hasContent("new");
    assertThat(folder.resolve("later")).isRegularFile().hasContent("new");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void whenAPipeOrAFolderIsThere_thenRefusedAndStillThere() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "no pipe was made");

    assertRefused(() -> WholeFile.write(pipe, NEW));
    assertRefused(() -> WholeFile.makeRoom(pipe));
    assertRefused(() -> WholeFile.write(folder, NEW));

    assertThat(Files.exists(pipe)).isTrue();
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
        .hasMessageContaining("name a file to write");
  }
}
