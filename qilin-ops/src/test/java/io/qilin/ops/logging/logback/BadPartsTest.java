package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.util.Duration;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Maskers, sinks, encoders and values that fail in ways that are no exceptions. */
@Timeout(60)
class BadPartsTest {
  private final LogHost host = new LogHost();
  private final GateSink sink = new GateSink();
  private final SampledAppender appender = new SampledAppender();
  private final LogAccount account = appender.account();

  private void start(Appender<ILoggingEvent> to) {
    appender.setName("bad");
    appender.setDrainTime(Duration.buildBySeconds(30));
    appender.addAppender(to);
    host.attach(appender);
  }

  @AfterEach
  void stop() {
    appender.stop();
    for (LogLevel level : LogLevel.values()) {
      assertThat(account.waiting(level)).as("unsettled " + level).isZero();
    }
    host.context.stop();
  }

  @Test
  void whenTheMaskerThrowsAnError_thenLinesAreWithheldAndTheWriterLives() {
    appender.setMasker(text -> {
      throw new NoClassDefFoundError("of the masker");
    });
    start(sink);
    for (int i = 0; i < 50; i++) {
      host.logger.warn("secret");
    }
    sink.awaitMessages(50);
    assertThat(sink.messages()).containsOnly(EventMasker.WITHHELD);
    assertThat(appender.health().reason()).isEmpty();
  }

  @Test
  void whenASinkThrowsAnError_thenThatLineIsLostAndNoOtherTwice() {
    List<String> got = Collections.synchronizedList(new ArrayList<>());
    Appender<ILoggingEvent> bad = new UnsynchronizedAppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        if (event.getFormattedMessage().equals("bad")) {
          throw new StackOverflowError("on purpose");
        }
        got.add(event.getFormattedMessage());
      }
    };
    bad.start();
    start(bad);
    host.logger.warn("one");
    host.logger.warn("bad");
    host.logger.warn("two");
    appender.stop();
    assertThat(got.subList(0, 2)).containsExactly("one", "two");
    assertThat(got.subList(2, got.size())).allMatch(line -> line.contains("1 dropped"));
    assertThat(account.count(LogOutcome.DROPPED)).isEqualTo(1);
  }

  private static CappedFileAppender file(Path folder, Encoder<ILoggingEvent> encoder) {
    CappedFileAppender file = new CappedFileAppender();
    file.useFolder(folder);
    file.setEncoder(encoder);
    file.start();
    return file;
  }

  private static Encoder<ILoggingEvent> messages(@Nullable String refused, boolean byError) {
    return new EncoderBase<>() {
      @Override
      public byte[] headerBytes() {
        return new byte[0];
      }

      @Override
      @SuppressWarnings("NullAway")
      public byte[] encode(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        if (message.equals(refused) && byError) {
          throw new StackOverflowError("on purpose");
        }
        return message.equals(refused) ? null : (message + "\n").getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public byte[] footerBytes() {
        return new byte[0];
      }
    };
  }

  @Test
  void whenAnEncoderThrowsAnErrorOrGivesNothing_thenOnlyThatLineIsLost(@TempDir Path folder)
      throws Exception {
    for (boolean byError : List.of(true, false)) {
      SampledAppender one = new SampledAppender();
      one.setName("one");
      Path place = folder.resolve("error-" + byError);
      one.addAppender(file(place, messages("bad", byError)));
      one.setContext(host.context);
      one.setDrainTime(Duration.buildBySeconds(30));
      one.start();
      host.context.getLogger("io.host").addAppender(one);
      host.logger.warn("one");
      host.logger.warn("bad");
      host.logger.warn("two");
      host.context.getLogger("io.host").detachAppender(one);
      one.stop();
      assertThat(Files.readAllLines(place.resolve("qilin.log")))
          .filteredOn(line -> !line.contains("1 dropped"))
          .containsExactly("one", "two");
      assertThat(one.account().count(LogOutcome.DROPPED)).isEqualTo(1);
      assertThat(one.account().count(LogOutcome.WRITTEN)).isEqualTo(2);
    }
  }

  @Test
  void whenAFileHasAFilter_thenItCounts(@TempDir Path folder) throws Exception {
    CappedFileAppender file = file(folder, messages(null, false));
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel("WARN");
    filter.start();
    file.addFilter(filter);
    start(file);
    host.logger.info("too little");
    host.logger.warn("enough");
    appender.stop();
    assertThat(Files.readAllLines(folder.resolve("qilin.log"))).containsExactly("enough");
  }

  @Test
  void whenAValueDoesNotPrint_thenTheLineIsWrittenAllTheSame() {
    start(sink);
    Object endless = new Object() {
      @Override
      public String toString() {
        return this + "";
      }
    };
    Object nothing = new Object() {
      @Override
      @SuppressWarnings("NullAway")
      public String toString() {
        return null;
      }
    };
    host.logger.atWarn().addKeyValue("a", endless).addKeyValue("b", nothing).log("one");
    sink.awaitMessages(1);
    assertThat(String.valueOf(sink.got().get(0).getKeyValuePairs().get(0).value))
        .contains("does not print: StackOverflowError");
    assertThat(sink.got().get(0).getKeyValuePairs().get(1).value).isEqualTo("null");
  }

  @Test
  void whenTheTimeToDrainCannotBe_thenItDoesNotStart() {
    SampledAppender one = new SampledAppender();
    one.addAppender(sink);
    one.setContext(host.context);
    one.setDrainTime(Duration.buildUnbounded());
    one.start();
    assertThat(one.isStarted()).isFalse();
  }

  /** A clock that was put back must not hold up what was stamped before. */
  @Test
  void whenAnImportantLineIsStampedInTheFuture_thenItDoesNotWaitForAllOrdinaryOnes() {
    EventQueue queue = new EventQueue(16, 16, event -> event);
    assertThat(queue.offer(at(Level.ERROR, 1_000_000, Map.of()), false)).isTrue();
    int ordinary = 0;
    for (int i = 0; i < 100; i++) {
      queue.offer(at(Level.INFO, i, Map.of()), false);
      HeldEvent next = queue.poll();
      assertThat(next).isNotNull();
      if (next.important()) {
        break;
      }
      ordinary++;
    }
    assertThat(ordinary).isLessThanOrEqualTo(17);
  }

  private static HeldEvent at(Level level, long second, Map<String, String> fields) {
    return new HeldEvent(
        new EventOrigin(
            Instant.ofEpochSecond(second), level, "l", "t", List.of(), List.of(), 0, null),
        new EventParts(
            "m", Extent.NONE, fields, FieldExtents.NONE, List.of(), Extent.NONE, null, true),
        level == Level.ERROR,
        true);
  }

  @Test
  void whenThousandsOfNamesBeginAlike_thenALineStillTakesLittleTime() {
    Map<String, String> fields = new HashMap<>();
    String same = "k".repeat(1_024);
    for (int i = 0; i < 10_000; i++) {
      fields.put(same + i, "");
    }
    byte[] line = new LineEncoder().encode(at(Level.INFO, 1, fields));
    assertThat(line).hasSizeLessThanOrEqualTo(LineBuffer.LONGEST);
  }
}
