package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.data.DamagedInputs;
import io.qilin.testkit.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that were altered together with their checksum. */
class CheckpointMutantsTest {
  private static final int COUNT = 10_000;
  private static final int SHARES = 4;
  private static final StreamSessions SSE = StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN);
  private static final Set<ErrorCode> TYPED = Set.of(
      ErrorCode.DATA_FORMAT,
      ErrorCode.INVALID_CONFIGURATION,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.LIMIT_EXCEEDED);
  private static final long[] NUMBERS = {
    -1, 0, 1, 100, 101, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final List<Tick> ticks = ticks();

  @TempDir
  Path folder;

  private Path path;
  private CheckpointFile file;
  private byte[] whole;

  private static List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 185; i++) {
      double price = 10 + (i % 7) / 100.0;
      long sequence = i / SHARES + (i > 100 ? 2 : 0);
      ticks.add(
          Ticks.tick(i % SHARES, Ticks.at("10:00:00").plusSeconds(i * 4L), sequence, price, 100));
    }
    ticks.set(30, Ticks.tick(0, "12:00:00", 1, 10, 100));
    ticks.set(50, ticks.get(46));
    return ticks;
  }

  private StreamPipeline<Tick, Tick> pipeline(List<Tick> over) {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), SSE)
        .source(new ListSource<>("ticks", over))
        .rules(TickRules.standard(new TickFields()))
        .anomalies(List.of(
            new AnomalyRule("return", AnomalyRule.Measure.LOG_RETURN, 5, 0.0005, 12, 5),
            new AnomalyRule("volume", AnomalyRule.Measure.LOG_VOLUME, 5, 0.1, 100, 5)))
        .deadLetters(CallbackSink.of(letter -> {}))
        .mostKeys(50)
        .batch(40)
        .checkpoint(file, 1_000)
        .build();
  }

  @BeforeEach
  void makeACheckpointHalfWay() throws IOException {
    path = folder.resolve("stream.checkpoint");
    file = CheckpointFile.at(path);
    StreamPipeline<Tick, Tick> first = pipeline(ticks);
    for (int i = 0; i < 4; i++) {
      first.step();
    }
    assertThat(first.checkpoint()).isTrue();
    assertThat(first.counters().windows()).isPositive();
    whole = Files.readAllBytes(path);
  }

  /** The bytes as a whole checkpoint: with a length and a checksum that are right. */
  private byte[] sealed(byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + content.length + CheckpointFile.TRAILER);
    bytes.putInt(CheckpointFile.MAGIC).put(content).putLong(bytes.position());
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.position());
    return bytes.putInt((int) crc.getValue()).array();
  }

  private byte[] content() {
    return Arrays.copyOfRange(whole, Integer.BYTES, whole.length - CheckpointFile.TRAILER);
  }

  @Test
  void whenNothingIsAltered_thenTheRunGoesOn() throws IOException {
    assertThat(sealed(content())).isEqualTo(whole);
    StreamPipeline<Tick, Tick> second = pipeline(ticks);
    assertThat(second.resumed()).isTrue();
    second.run(new Cancellation());
    assertThat(second.counters().offered()).isEqualTo(ticks.size());
    assertThat(second.counters().repeated()).isEqualTo(1);
    assertThat(second.counters().deadLettered()).isEqualTo(1);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenFieldsAreAlteredWithTheirChecksum_thenTheyAreRefusedOrHarmless() throws IOException {
    Map<ErrorCode, Integer> refused = new EnumMap<>(ErrorCode.class);
    int count = DamagedInputs.read("checkpoint", COUNT, number -> {
      overwrite(sealed(mutant(new SplittableRandom(number))));
      try {
        goOn(pipeline(ticks));
      } catch (QilinException e) {
        assertThat(TYPED).as("mutant %s: %s", number, e.getMessage()).contains(e.code());
        refused.merge(e.code(), 1, Integer::sum);
        if (e.code() == ErrorCode.DATA_FORMAT) {
          assertThat(e)
              .as("mutant %s", number)
              .hasMessageContaining("stream.checkpoint: ")
              .hasMessageContaining("at byte ");
        }
      }
    });
    assertThat(refused.get(ErrorCode.DATA_FORMAT)).as("%s", refused).isGreaterThan(count / 4);
    assertThat(refused.values().stream().mapToInt(Integer::intValue).sum())
        .as("faults in prices and times change a value only")
        .isLessThan(count);
  }

  @Test
  void whenAnyNumberIsTheGreatest_thenItIsRefusedOrHarmless() throws IOException {
    int refused = 0;
    for (int at = 0; at <= content().length - Long.BYTES; at++) {
      byte[] content = content();
      ByteBuffer.wrap(content).putLong(at, Long.MAX_VALUE);
      overwrite(sealed(content));
      try {
        goOn(pipeline(ticks));
      } catch (QilinException e) {
        assertThat(TYPED).as("at byte %s: %s", at, e.getMessage()).contains(e.code());
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  /** As {@link Files#write}, but a file whose length stays is written many times as fast. */
  private void overwrite(byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    }
  }

  /** To the end, but without another checkpoint, which would be forced to the disk. */
  private static void goOn(StreamPipeline<Tick, Tick> pipeline) {
    pipeline.step();
    pipeline.step();
    pipeline.advanceTo(Ticks.at("15:10:00"));
    assertThat(pipeline.quality().records()).isNotNegative();
  }

  private byte[] mutant(SplittableRandom random) {
    byte[] content = content();
    if (random.nextInt(8) == 0) {
      return Mutation.of(content, random);
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    if (random.nextBoolean()) {
      bytes.putLong(random.nextInt(content.length - Long.BYTES), number);
    } else {
      bytes.putInt(random.nextInt(content.length - Integer.BYTES), (int) number);
    }
    return content;
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenALoaderTrustsAField_thenTheMutantsFindIt() {
    SplittableRandom random = new SplittableRandom(15);
    boolean[] formats = {false, true, true};
    assertThatThrownBy(() -> {
          for (int i = 0; i < COUNT; i++) {
            overwrite(sealed(mutant(random)));
            trusting(formats);
          }
        })
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  /** The planted fault: an index out of the file that nobody has checked. */
  private void trusting(boolean[] formats) {
    try {
      file.read(in -> assertThat(formats[in.int32("format", Integer.MIN_VALUE, Integer.MAX_VALUE)])
          .isTrue());
    } catch (QilinException | AssertionError e) {
      // As it should be: what is left in the file, or a format that there was not.
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void whenAPartIsAltered_thenTheErrorNamesFileFieldAndPlace() throws IOException {
    byte[] content = content();
    ByteBuffer bytes = ByteBuffer.wrap(content);
    int format = bytes.getInt(0);
    bytes.putInt(0, format + 1);
    Files.write(path, sealed(content));
    assertThatThrownBy(() -> pipeline(ticks))
        .hasMessageContaining("stream.checkpoint: ")
        .hasMessageContaining("at byte 4 the format is 2 to 2, there was 3");
    Files.write(path, sealed(Arrays.copyOf(content(), content.length + 1)));
    assertThatThrownBy(() -> pipeline(ticks)).hasMessageContaining("1 bytes too many");
  }

  @Test
  void whenTheSourceIsShorterThanThePosition_thenTheErrorSaysSoAndNothingIsTaken() {
    assertThatThrownBy(() -> pipeline(ticks.subList(0, 10)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("the source ticks cannot go on at the position 160");
  }
}
