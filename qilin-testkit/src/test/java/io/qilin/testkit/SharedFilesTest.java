package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class SharedFilesTest {
  @TempDir
  private Path folder;

  private String before;

  @BeforeEach
  void remember() {
    before = System.getProperty(SharedFiles.PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(SharedFiles.PROPERTY);
    } else {
      System.setProperty(SharedFiles.PROPERTY, before);
    }
  }

  @Test
  void whenSharedLiesBesideAFolderAbove_thenItIsFound() throws IOException {
    Path shared = folder.resolve("shared");
    Files.createDirectories(shared.resolve("golden"));
    Path module = Files.createDirectories(folder.resolve("checkout/module"));
    assertThat(SharedFiles.above(module)).isEqualTo(Optional.of(shared));
  }

  @Test
  void whenAFolderSharedHasNoGoldenData_thenTheWalkGoesOn() throws IOException {
    Files.createDirectories(folder.resolve("shared/golden"));
    Files.createDirectories(folder.resolve("checkout/shared"));
    Path module = Files.createDirectories(folder.resolve("checkout/module"));
    assertThat(SharedFiles.above(module)).isEqualTo(Optional.of(folder.resolve("shared")));
  }

  @Test
  void whenThePropertyNamesAFolder_thenThatIsIt() throws IOException {
    Files.createDirectories(folder.resolve("golden"));
    Files.writeString(folder.resolve("golden/a.txt"), "一\n2\n");
    System.setProperty(SharedFiles.PROPERTY, folder.toString());
    assertThat(SharedFiles.root()).contains(folder);
    assertThat(SharedFiles.lines(SharedFiles.golden("a.txt"))).containsExactly("一", "2");
  }

  @Test
  void whenAFileIsAbsent_thenTheTestIsAbortedAndSaysWhy() {
    System.setProperty(SharedFiles.PROPERTY, folder.toString());
    assertThatThrownBy(() -> SharedFiles.corpus("csv-hostile"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("shared/corpora/csv-hostile is not there")
        .hasMessageContaining("-Dqilin.shared=FOLDER");
  }

  @Test
  void whenTheFolderIsAbsent_thenTheTestIsAborted() {
    System.setProperty(SharedFiles.PROPERTY, folder.resolve("none").toString());
    assertThat(SharedFiles.root()).isEmpty();
    assertThatThrownBy(() -> SharedFiles.file("golden")).isInstanceOf(TestAbortedException.class);
  }

  @Test
  void whenAFileIsPacked_thenItsLinesAreRead() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a,b\n1,贵州\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(SharedFiles.lines(file)).containsExactly("a,b", "1,贵州");
  }

  @Test
  void whenAFileCannotBeRead_thenThatIsAnError() throws IOException {
    Path broken = Files.writeString(folder.resolve("b.gz"), "no gzip");
    assertThatThrownBy(() -> SharedFiles.lines(broken))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
  }
}
