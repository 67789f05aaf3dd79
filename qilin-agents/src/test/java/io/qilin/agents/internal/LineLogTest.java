package io.qilin.agents.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("log");
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    LineLog.open(file(), 10_000, lines).close();
    return lines;
  }

  private void write(String... texts) {
    try (LineLog log = LineLog.open(file(), 10_000, new ArrayList<>())) {
      for (String text : texts) {
        log.append(text);
      }
    }
  }

  @Test
  void whenLinesAreAppended_thenTheyComeBackInOrder() {
    write("one", "", "三");
    write("four");
    assertThat(lines()).containsExactly("one", "", "三", "four");
  }

  @Test
  void whenTheFileIsCutAnywhere_thenTheWholeLinesStayAndAppendingGoesOn() throws IOException {
    write("one", "two");
    byte[] whole = Files.readAllBytes(file());
    int first = "00000000 one\n".length();
    for (int k = 0; k < whole.length; k++) {
      Files.write(file(), Arrays.copyOf(whole, k));
      write("more");
      assertThat(lines()).isEqualTo(k < first ? List.of("more") : List.of("one", "more"));
    }
  }

  @Test
  void whenALineBeforeTheLastIsDamaged_thenTheFileIsRefusedWithItsNumber() throws IOException {
    write("one", "two", "three");
    byte[] bytes = Files.readAllBytes(file());
    bytes[15] ^= 1;
    Files.write(file(), bytes);
    assertThatThrownBy(this::lines)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining("line 2");
    assertThat(Files.readAllBytes(file())).as("nothing is mended in silence").isEqualTo(bytes);
  }

  @Test
  void whenLinesAreReplaced_thenOnlyTheNewOnesAreThere() {
    try (LineLog log = LineLog.open(file(), 10_000, new ArrayList<>())) {
      log.append("one");
      log.replace(List.of("two", "three"));
      log.append("four");
    }
    assertThat(lines()).containsExactly("two", "three", "four");
    assertThat(folder.resolve("log.next")).doesNotExist();
  }

  @Test
  void whenTheFileWouldBeTooLarge_thenTheLineIsRefused() {
    try (LineLog log = LineLog.open(file(), 30, new ArrayList<>())) {
      log.append("123456789");
      assertThatThrownBy(() -> log.append("12345678901234567890"))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
      assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(QilinException.class);
    }
    assertThat(lines()).containsExactly("123456789");
    assertThatThrownBy(() -> LineLog.open(file(), 5, new ArrayList<>()))
        .isInstanceOf(QilinException.class);
  }
}
