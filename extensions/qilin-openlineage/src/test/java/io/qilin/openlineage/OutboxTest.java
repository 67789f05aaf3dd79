package io.qilin.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final long ROOM = 1 << 20;

  @TempDir
  Path folder;

  /** What may be done with an outbox. */
  enum Action {
    APPEND,
    SENT,
    REOPEN
  }

  /** An outbox is a queue that survives. */
  @Property(tries = 60)
  void whenUsedInAnyOrder_thenItIsAQueueThatSurvives(@ForAll @Size(max = 40) List<Action> actions)
      throws IOException {
    Path dir = Files.createTempDirectory("outbox");
    Path file = dir.resolve("outbox");
    Deque<String> model = new ArrayDeque<>();
    Outbox outbox = Outbox.open(file, ROOM);
    try {
      for (int i = 0; i < actions.size(); i++) {
        switch (actions.get(i)) {
          case APPEND -> {
            String event = "{\"n\":" + i + ",\"日\":\"" + "x".repeat(i * 300) + "\"}";
            outbox.append(List.of(event));
            model.add(event);
          }
          case SENT -> {
            if (!model.isEmpty()) {
              outbox.sent(model.remove());
            }
          }
          case REOPEN -> {
            outbox.close();
            outbox = Outbox.open(file, ROOM);
          }
        }
        assertThat(outbox.next()).isEqualTo(Optional.ofNullable(model.peek()));
        assertThat(outbox.pending()).isEqualTo(model.size());
      }
    } finally {
      outbox.close();
      for (String name : List.of("outbox", "outbox.sent")) {
        Files.deleteIfExists(dir.resolve(name));
      }
      Files.delete(dir);
    }
  }

  private Path written() {
    Path file = folder.resolve("outbox");
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      outbox.append(List.of("{\"n\":1}"));
      outbox.append(List.of("{\"n\":2}"));
    }
    return file;
  }

  @Test
  void whenTheLastLineIsTorn_thenItIsCutOffAtAnyPlace() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    int first = whole.length / 2;
    for (int cut = first; cut < whole.length; cut++) {
      Path torn = folder.resolve("torn" + cut);
      Files.write(torn, Arrays.copyOf(whole, cut));
      try (Outbox outbox = Outbox.open(torn, ROOM)) {
        assertThat(outbox.pending()).isEqualTo(1);
        outbox.append(List.of("{\"n\":3}"));
        outbox.sent("{\"n\":1}");
        assertThat(outbox.next()).contains("{\"n\":3}");
      }
    }
  }

  @Test
  void whenALineBeforeTheLastIsDamaged_thenItIsToldAndTheFileIsLeft() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    bytes[12] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Outbox.open(file, ROOM))
        .hasMessageContaining("line 1")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void whenTheFileIsNoOutbox_thenItIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("letter"), "Dear reader, this is mine");
    assertThatThrownBy(() -> Outbox.open(file, ROOM)).isInstanceOf(QilinException.class);
    assertThat(file).hasContent("Dear reader, this is mine");
  }

  @Test
  void whenTheMarkIsDamagedOrGone_thenEventsAreSentAgainRatherThanLost() throws IOException {
    Path file = folder.resolve("outbox");
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      outbox.append(List.of("{\"n\":1}"));
      outbox.append(List.of("{\"n\":2}"));
      outbox.sent("{\"n\":1}");
    }
    Files.writeString(folder.resolve("outbox.sent"), "0000000000000abc 00000000");
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      assertThat(outbox.pending()).isEqualTo(2);
    }
    Files.delete(folder.resolve("outbox.sent"));
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      assertThat(outbox.next()).contains("{\"n\":1}");
    }
  }

  @Test
  void whenTheProcessEndsWithoutClosing_thenNothingIsLost() throws IOException {
    Path file = folder.resolve("outbox");
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      outbox.append(List.of("{\"n\":1}"));
      outbox.append(List.of("{\"n\":2}"));
      outbox.sent("{\"n\":1}");
      Files.copy(file, folder.resolve("copy"));
      Files.copy(folder.resolve("outbox.sent"), folder.resolve("copy.sent"));
    }
    try (Outbox outbox = Outbox.open(folder.resolve("copy"), ROOM)) {
      assertThat(outbox.pending()).isEqualTo(1);
      assertThat(outbox.next()).contains("{\"n\":2}");
    }
  }

  @Test
  void whenAllIsSent_thenTheFileIsEmpty() throws IOException {
    Path file = written();
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      outbox.sent("{\"n\":1}");
      outbox.sent("{\"n\":2}");
      assertThat(Files.size(file)).isZero();
    }
  }

  @Test
  void whenAnotherHasItOpen_thenItIsRefused() {
    Path file = folder.resolve("outbox");
    try (Outbox outbox = Outbox.open(file, ROOM)) {
      assertThatThrownBy(() -> Outbox.open(file, ROOM))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
      outbox.append(List.of("{}"));
      assertThat(outbox.next()).contains("{}");
    }
  }

  @Test
  void whenTheFolderIsNotThere_thenItIsToldAsAFileThatCannotBeWritten() {
    assertThatThrownBy(() -> Outbox.open(folder.resolve("none").resolve("outbox"), ROOM))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
  }

  @Test
  void whenAnEventIsTooLarge_thenItIsRefused() {
    try (Outbox outbox = Outbox.open(folder.resolve("outbox"), 1 << 24)) {
      assertThatThrownBy(() -> outbox.append(List.of("x".repeat(Outbox.MAX_EVENT))))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
  }

  @Test
  void whenOnlyAPartOfTheEventsFits_thenNoneIsTaken() {
    try (Outbox outbox = Outbox.open(folder.resolve("outbox"), 40)) {
      assertThatThrownBy(
              () -> outbox.append(List.of("{\"n\":1}", "{\"n\":\"" + "x".repeat(20) + "\"}")))
          .hasMessageContaining("0 events wait")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
      assertThat(outbox.next()).isEmpty();
      outbox.append(List.of("{\"n\":1}", "{\"n\":2}"));
      assertThat(outbox.pending()).isEqualTo(2);
    }
  }
}
