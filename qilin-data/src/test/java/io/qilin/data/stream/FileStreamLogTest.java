package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStreamLogTest {
  private static final int MESSAGES = 12;

  @TempDir
  Path folder;

  /** What a source handed over: texts, and damage as {@code !}. */
  private static List<String> read(Path file) {
    List<String> found = new ArrayList<>();
    try (FileStreamSource source = FileStreamSource.open("log", file)) {
      while (!source.ended()) {
        source.poll(5, into(found));
      }
    }
    return found;
  }

  private static StreamReceiver<ByteBuffer> into(List<String> found) {
    return new StreamReceiver<>() {
      @Override
      public void message(long position, ByteBuffer payload) {
        found.add(StandardCharsets.UTF_8.decode(payload.duplicate()).toString());
      }

      @Override
      public void damaged(long position, long bytes, String reason) {
        found.add("!");
      }
    };
  }

  private static String text(int i) {
    return "message " + "x".repeat(i) + i;
  }

  private Path log() {
    Path file = folder.resolve("stream.log");
    try (FileStreamLog log = FileStreamLog.open(file)) {
      for (int i = 0; i < MESSAGES; i++) {
        log.append(text(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static List<String> texts(int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  @Test
  void whenTheFileIsCutAtAnyByte_thenWholeMessagesStayAndTheLogGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(log());
    Path cut = folder.resolve("cut.log");
    for (int length = 0; length <= whole.length; length += 11) {
      Files.write(cut, Arrays.copyOf(whole, length));
      List<String> found = read(cut);
      assertThat(found).isEqualTo(texts(0, found.size()));
      try (FileStreamLog log = FileStreamLog.open(cut)) {
        assertThat(log.position() + log.cutBytes()).isEqualTo(length);
        log.append(ByteBuffer.wrap("after".getBytes(StandardCharsets.UTF_8)));
      }
      found.add("after");
      assertThat(read(cut)).isEqualTo(found);
    }
  }

  @Test
  void whenAnyBitFlips_thenOneMessageIsDamagedAndTheOthersStand() throws IOException {
    byte[] whole = Files.readAllBytes(log());
    Path flipped = folder.resolve("flipped.log");
    int last = whole.length - text(MESSAGES - 1).length() - Frames.HEADER;
    for (int bit = 0; bit < whole.length * 8; bit += 11) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(flipped, bytes);
      List<String> found = read(flipped);
      List<String> good = found.stream().filter(text -> !text.equals("!")).toList();
      assertThat(good).as("bit %d", bit).hasSize(MESSAGES - 1).isSubsetOf(texts(0, MESSAGES));
      if (bit / 8 < last) {
        assertThat(found).as("bit %d", bit).hasSize(MESSAGES);
      }
    }
  }

  @Test
  void whenTheLastPayloadWasNotWritten_thenItsFrameIsCutOff() throws IOException {
    Path file = log();
    byte[] whole = Files.readAllBytes(file);
    Arrays.fill(whole, whole.length - 10, whole.length, (byte) 0);
    Files.write(file, whole);
    try (FileStreamLog log = FileStreamLog.open(file)) {
      assertThat(log.cutBytes()).isEqualTo(Frames.HEADER + text(MESSAGES - 1).length());
    }
    assertThat(read(file)).isEqualTo(texts(0, MESSAGES - 1));
  }

  @Test
  void whenRubbishIsReadAsALog_thenItEndsWithoutAMessage() throws IOException {
    Random random = new Random(3);
    byte[] rubbish = new byte[3 << 20];
    random.nextBytes(rubbish);
    Path file = folder.resolve("rubbish.log");
    Files.write(file, rubbish);
    assertThat(read(file)).isEmpty();
    Files.write(file, new byte[100_000]);
    assertThat(read(file)).isEmpty();
  }

  @Test
  void whenAFileOfAnotherKindIsOpened_thenItIsRefusedAndLeftAsItIs() throws IOException {
    Path file = folder.resolve("prices.csv");
    for (String text : List.of("date,close\n2024-01-02,10\n", "a,b\n", "{}\n\n\n")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> FileStreamLog.open(file))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
          .hasMessageContaining("left as it is");
      assertThat(file).hasContent(text);
    }
    Files.write(file, new byte[100]);
    try (FileStreamLog log = FileStreamLog.open(file)) {
      assertThat(log.cutBytes()).as("zeros are a write that got lost").isEqualTo(100);
    }
  }

  @Test
  void whenTheFirstFrameIsDamaged_thenTheOthersStay() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    bytes[2] ^= 1;
    Files.write(file, bytes);
    try (FileStreamLog log = FileStreamLog.open(file)) {
      assertThat(log.cutBytes()).isZero();
    }
  }

  @Test
  void whenALogIsOpenedForShorterMessages_thenTheLongerOnesStay() throws IOException {
    Path file = log();
    byte[] whole = Files.readAllBytes(file);
    try (FileStreamLog log = FileStreamLog.open(file, 5)) {
      assertThat(log.cutBytes()).isZero();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void whenAMessageIsTooLongOrEmpty_thenItIsRefused() {
    Path file = folder.resolve("small.log");
    try (FileStreamLog log = FileStreamLog.open(file, 10)) {
      assertThatThrownBy(() -> log.append(new byte[11]))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
      assertThatThrownBy(() -> log.append(new byte[0])).isInstanceOf(QilinException.class);
      log.append(new byte[10]);
    }
    try (FileStreamSource source = FileStreamSource.open("small", file, 9, false)) {
      List<String> found = new ArrayList<>();
      source.poll(3, into(found));
      assertThat(found).isEmpty();
      assertThat(source.unfinishedBytes()).isEqualTo(22);
    }
  }

  @Test
  void whenALogIsFollowed_thenNewMessagesComeAndALongOneIsHeldWhole() {
    Path file = folder.resolve("followed.log");
    String longText = "y".repeat(3 << 20);
    try (FileStreamLog log = FileStreamLog.open(file);
        FileStreamSource source = FileStreamSource.open("log", file, 8 << 20, true)) {
      List<String> found = new ArrayList<>();
      assertThat(source.poll(5, into(found))).isZero();
      assertThat(source.ended()).isFalse();
      log.append("one".getBytes(StandardCharsets.UTF_8));
      log.append(longText.getBytes(StandardCharsets.UTF_8));
      log.append("three".getBytes(StandardCharsets.UTF_8));
      log.flush();
      source.poll(5, into(found));
      assertThat(found).containsExactly("one", longText, "three");
      assertThat(source.ended()).isFalse();
    }
  }

  @Test
  void whenThereIsNoFile_thenTheErrorSaysSo() {
    assertThatThrownBy(() -> FileStreamSource.open("log", folder.resolve("none.log")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }
}
