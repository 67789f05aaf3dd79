package io.qilin.data.internal;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is replaced is a file, and only that. */
class AtomicFileTest {
  @TempDir
  private Path folder;

  @Test
  void whenTheTargetIsALink_thenTheFileItLeadsToIsWrittenAndTheLinkStays() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = link("link", Path.of("file"));
    Path empty = link("empty", folder.resolve("later"));

    write(link, "new");
    write(empty, "first");

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).isRegularFile().hasContent("new");
    assertThat(empty).isSymbolicLink();
    assertThat(folder.resolve("later")).isRegularFile().hasContent("first");
  }

  @Test
  void whenLinksLeadInACircle_thenRefused() throws IOException {
    Path one = link("one", Path.of("two"));
    link("two", Path.of("one"));

    assertRefused(one);
  }

  @Test
  void whenTheTargetIsAPipe_thenRefusedAndStillThere() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process mkfifo;
    try {
      mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no mkfifo here");
      return;
    }
    assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "no pipe was made");

    assertRefused(pipe);
    assertThat(Files.readAttributes(pipe, java.nio.file.attribute.BasicFileAttributes.class)
            .isOther())
        .isTrue();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(pipe);
    }
  }

  private Path link(String name, Path to) throws IOException {
    try {
      return Files.createSymbolicLink(folder.resolve(name), to);
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "there are no symbolic links here");
      throw e;
    }
  }

  private static void write(Path target, String text) throws IOException {
    try (AtomicFile file = AtomicFile.create(target)) {
      file.stream().write(text.getBytes(StandardCharsets.UTF_8));
      file.publish();
    }
  }

  private static void assertRefused(Path target) {
    assertThatThrownBy(() -> AtomicFile.create(target))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
  }
}
